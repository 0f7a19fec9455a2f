package dev.frontdesk.notification.deliveries;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that a worker has claimed.
 *
 * @param id the same in every attempt
 * @param attempt 1 for the first
 * @param fence the number of this claim; a later claim makes it worthless
 */
public record Delivery(
        UUID id,
        TenantId tenant,
        String kind,
        int attempt,
        int maxAttempts,
        long fence,
        @Nullable Instant expiresAt,
        String payload,
        @Nullable String sealed,
        @Nullable String traceparent) {

    private static final int TRACE_ID_FROM = 3;
    private static final int TRACE_ID_TO = 35;

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    boolean isLastAttempt() {
        return attempt >= maxAttempts;
    }

    /** Trace id of the whole journey: 32 hexadecimal digits out of {@code 00-<trace id>-<span id>-<flags>}. */
    public @Nullable String traceId() {
        return traceparent == null || traceparent.length() < TRACE_ID_TO
                ? null
                : traceparent.substring(TRACE_ID_FROM, TRACE_ID_TO);
    }
}
