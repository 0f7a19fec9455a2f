package dev.frontdesk.notification.queues;

import java.util.Locale;

/** Who works a queue. */
public enum WorkMode {
    /** A handler of the service's own. */
    SERVICE,
    /** Whoever asks for work over HTTP. */
    LEASE,
    /** The tenant's URL, which is sent each job. */
    PUSH;

    /** As the table and JSON have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static WorkMode read(String word) {
        return switch (word) {
            case "service" -> SERVICE;
            case "lease" -> LEASE;
            case "push" -> PUSH;
            default -> throw new IllegalArgumentException("must be service, lease or push");
        };
    }
}
