package dev.frontdesk.notification.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** This attempt failed, a later one may not. The message is kept as the reason and logged: no secret, no address. */
public final class RetryableFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration notBefore;

    public RetryableFailure(String reason, @Nullable Throwable cause) {
        this(reason, Duration.ZERO, cause);
    }

    /** @param notBefore the next attempt waits at least as long, whatever its backoff is */
    public RetryableFailure(String reason, Duration notBefore, @Nullable Throwable cause) {
        super(reason, cause);
        this.notBefore = notBefore;
    }

    Duration notBefore() {
        return notBefore;
    }
}
