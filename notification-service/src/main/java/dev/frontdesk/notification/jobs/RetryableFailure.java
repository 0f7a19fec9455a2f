package dev.frontdesk.notification.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * This attempt failed, but a later one may succeed. The message is stored as the reason and logged; it must contain no
 * secret and no address.
 */
public final class RetryableFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration notBefore;

    public RetryableFailure(String reason, @Nullable Throwable cause) {
        this(reason, Duration.ZERO, cause);
    }

    /** @param notBefore minimum wait before the next attempt, even if the backoff is shorter */
    public RetryableFailure(String reason, Duration notBefore, @Nullable Throwable cause) {
        super(reason, cause);
        this.notBefore = notBefore;
    }

    Duration notBefore() {
        return notBefore;
    }
}
