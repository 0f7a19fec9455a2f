package dev.frontdesk.notification.jobs;

import org.jspecify.annotations.Nullable;

/**
 * It is unknown whether this attempt took effect. A repeatable job is retried; any other job ends as unknown, and a
 * person must decide. The message is stored as the reason and logged; it must contain no secret and no address.
 */
public final class UnknownOutcome extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownOutcome(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
