package dev.frontdesk.notification.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came back, whatever its status is.
 *
 * @param body as far as it was read
 * @param whole whether that is all of it
 * @param retryAfter as the answer asked for, an hour at most; null when it did not say so in a form that HTTP has
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

    /** Asked to send no more. */
    public boolean isGone() {
        return status == GONE;
    }
}
