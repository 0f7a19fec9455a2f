package dev.frontdesk.notification.jobs;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A job that a worker has claimed.
 *
 * @param id the same in every attempt
 * @param seq number in the order of adding; the last criterion by which jobs are ordered
 * @param attempt 1 for the first
 * @param stalls number of earlier attempts that were lost because their worker was gone
 * @param fence number of this claim; a later claim invalidates it
 * @param payload JSON
 */
public record Job(
        UUID id,
        long seq,
        TenantId tenant,
        String queue,
        String kind,
        int priority,
        int attempt,
        int stalls,
        Retries retries,
        boolean repeatable,
        long fence,
        Instant dueAt,
        @Nullable Instant expiresAt,
        String payload,
        @Nullable String sealed,
        @Nullable String traceparent) {

    private static final int TRACE_ID_FROM = 3;
    private static final int TRACE_ID_TO = 35;

    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Stalled attempts do not count: when a worker is gone, that says nothing about the job. */
    boolean isLastAttempt() {
        return attempt - stalls >= retries.attempts();
    }

    /** Wait before the next attempt if this one fails; partly random. */
    Duration nextBackoff(Duration longest) {
        Duration first = retries.firstBackoff();
        return new Backoff(first, first.compareTo(longest) > 0 ? first : longest)
                .after(Math.max(1, attempt - stalls), ThreadLocalRandom.current());
    }

    /** Trace id: 32 hexadecimal digits from {@code 00-<trace id>-<span id>-<flags>}. */
    public @Nullable String traceId() {
        return traceparent == null || traceparent.length() < TRACE_ID_TO
                ? null
                : traceparent.substring(TRACE_ID_FROM, TRACE_ID_TO);
    }
}
