package dev.frontdesk.notification.jobs;

import dev.frontdesk.notification.jobs.BuiltInQueue.AddedBy;
import java.util.Locale;

/** The three ways in which the jobs of a queue are worked. */
public enum WorkMode {
    /** A handler in the service. */
    SERVICE,
    /** External workers that request jobs over HTTP. */
    LEASE,
    /** The tenant's URL; the service sends each job to it. */
    PUSH;

    /** The name in the table and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of a queue for which the tenant has set none. */
    public static WorkMode usual(AddedBy addedBy) {
        return addedBy == AddedBy.CLIENTS ? LEASE : SERVICE;
    }

    /** @throws IllegalArgumentException with a message that may be shown to clients */
    public static WorkMode read(String word) {
        return switch (word) {
            case "service" -> SERVICE;
            case "lease" -> LEASE;
            case "push" -> PUSH;
            default -> throw new IllegalArgumentException("must be service, lease or push");
        };
    }
}
