package dev.frontdesk.localstack.parts;

import java.util.Arrays;
import java.util.Optional;

/** All listening ports with their defaults, which differ from the usual ports of such servers. */
public enum Port {
    GATEWAY(Part.GATEWAY, 8080),
    REGISTRATION(Part.REGISTRATION, 18081),
    SESSION(Part.SESSION, 18082),
    NOTIFICATION(Part.NOTIFICATION, 18083),
    CACHE(Part.CACHE, 18084),
    GATEWAY_MANAGEMENT(Part.GATEWAY, 18090),
    REGISTRATION_MANAGEMENT(Part.REGISTRATION, 18091),
    SESSION_MANAGEMENT(Part.SESSION, 18092),
    NOTIFICATION_MANAGEMENT(Part.NOTIFICATION, 18093),
    CACHE_MANAGEMENT(Part.CACHE, 18094),
    POSTGRES(Part.POSTGRES, 15432),
    REDIS(Part.REDIS, 16379),
    KAFKA(Part.KAFKA, 19092),
    KAFKA_CONTROLLER(Part.KAFKA, 19093),
    SMTP(Part.SMTP, 13025),
    INBOX(Part.SMTP, 18025),
    SAMPLE(Part.SAMPLE, 18085);

    private final Part part;
    private final int usual;

    Port(Part part, int usual) {
        this.part = part;
        this.usual = usual;
    }

    public Part part() {
        return part;
    }

    public int usual() {
        return usual;
    }

    /** The environment variable that sets another port. */
    public String variable() {
        return name() + "_PORT";
    }

    /** The port on which a part does its work. */
    public static Port of(Part part) {
        return valueOf(part.name());
    }

    /** The port for the health of a service. */
    public static Optional<Port> managementOf(Part part) {
        return Arrays.stream(values())
                .filter(port -> port.name().equals(part.name() + "_MANAGEMENT"))
                .findFirst();
    }
}
