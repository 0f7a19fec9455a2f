package dev.frontdesk.notification.jobs;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job that a worker has claimed.
 *
 * @param id the same in every attempt
 * @param seq the smaller one was added before; the last thing by which jobs are ordered
 * @param attempt 1 for the first
 * @param stalls how many of the attempts before were lost with their worker
 * @param fence the number of this claim; a later claim makes it worthless
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

    /** A worker that is gone says nothing about the job, so its attempts are not among those that the job has. */
    boolean isLastAttempt() {
        return attempt - stalls >= retries.attempts();
    }

    Backoff backoff(Duration longest) {
        Duration first = retries.firstBackoff();
        return new Backoff(first, first.compareTo(longest) > 0 ? first : longest);
    }

    /** Trace id of the whole journey: 32 hexadecimal digits out of {@code 00-<trace id>-<span id>-<flags>}. */
    public @Nullable String traceId() {
        return traceparent == null || traceparent.length() < TRACE_ID_TO
                ? null
                : traceparent.substring(TRACE_ID_FROM, TRACE_ID_TO);
    }
}
