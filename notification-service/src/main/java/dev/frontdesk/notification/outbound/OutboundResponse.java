package dev.frontdesk.notification.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A response with any status.
 *
 * @param body the part of the body that was read
 * @param whole whether that is the complete body
 * @param retryAfter the wait that the response asked for, at most an hour; null when it has no valid
 *     {@code Retry-After}
 */
public record OutboundResponse(
        int status,
        @Nullable String contentType,
        String body,
        boolean whole,
        @Nullable Duration retryAfter) {

    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int GONE = 410;

    public boolean isSuccess() {
        return status >= OK && status < REDIRECTS;
    }

    /** Whether the receiver asked for no more requests. */
    public boolean isGone() {
        return status == GONE;
    }
}
