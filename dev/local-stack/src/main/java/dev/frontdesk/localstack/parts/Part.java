package dev.frontdesk.localstack.parts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A process of the stack, in the order in which they are shown. */
public enum Part {
    POSTGRES(""),
    REDIS(""),
    KAFKA(""),
    SMTP(""),
    REGISTRATION("registration-service"),
    SESSION("session-service"),
    NOTIFICATION("notification-service"),
    CACHE("cache-service"),
    GATEWAY("gateway"),
    /** An application behind the gateway; only with {@code --sample}. */
    SAMPLE("dev/sample-application");

    /** A part that uses another one is stopped before it. */
    public static final List<List<Part>> ENDING =
            List.of(List.of(SAMPLE), services(), List.of(KAFKA), List.of(POSTGRES), List.of(REDIS), List.of(SMTP));

    private final String module;

    Part(String module) {
        this.module = module;
    }

    /** The folder of the module whose jar it runs, from the root of the repository; empty for a server. */
    public String module() {
        return module;
    }

    public boolean isService() {
        return hasJar() && !isOptional();
    }

    public boolean hasJar() {
        return !module.isEmpty();
    }

    /** Whether a stack may be without it. */
    public boolean isOptional() {
        return this == SAMPLE;
    }

    /** The name for people. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The signal that stops it. PostgreSQL understands TERM as "when the last client has left". */
    public String endSignal() {
        return this == POSTGRES ? "INT" : "TERM";
    }

    /** The parts of every stack. */
    public static List<Part> required() {
        return Arrays.stream(values()).filter(part -> !part.isOptional()).toList();
    }

    public static List<Part> services() {
        return Arrays.stream(values()).filter(Part::isService).toList();
    }

    public static List<Part> infrastructure() {
        return Arrays.stream(values()).filter(part -> !part.hasJar()).toList();
    }
}
