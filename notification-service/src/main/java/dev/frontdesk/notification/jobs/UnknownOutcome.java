package dev.frontdesk.notification.jobs;

import org.jspecify.annotations.Nullable;

/**
 * Nobody can know whether this attempt took effect. A repeatable job is tried again; any other one ends as unknown, for a
 * person to decide. The message is kept as the reason and logged: no secret, no address.
 */
public final class UnknownOutcome extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownOutcome(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
