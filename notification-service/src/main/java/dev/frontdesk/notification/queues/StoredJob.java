package dev.frontdesk.notification.queues;

import static dev.frontdesk.kit.postgres.Rows.required;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.frontdesk.kit.web.StorableJson;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as its tenant sees it, without secrets and without fields that only the service's handlers read.
 *
 * @param key idempotency key
 * @param attemptsMade attempts begun since the job was added or last retried by hand
 * @param stalls number of these attempts whose worker was gone before they ended
 * @param percent progress as reported by the worker
 * @param worker that holds the job, or held it last
 * @param failure why the last attempt failed
 * @param traceId of the request or event that caused the job
 * @param payload null in a list, and for jobs whose payload is internal to the service
 * @param result null in a list
 * @param history null in a list; the attempts that did not complete
 */
record StoredJob(
        UUID id,
        String queue,
        String kind,
        String state,
        @Nullable String key,
        int priority,
        int attemptsMade,
        int maxAttempts,
        long backoffMs,
        int stalls,
        boolean repeatable,
        @Nullable Integer percent,
        @Nullable String worker,
        @Nullable String failure,
        Instant createdAt,
        Instant dueAt,
        @Nullable Instant expiresAt,
        @Nullable Instant startedAt,
        @Nullable Instant leaseUntil,
        @Nullable Instant finishedAt,
        @Nullable String traceId,
        @Nullable StorableJson payload,
        @Nullable StorableJson result,
        @Nullable List<EndedAttempt> history,
        @JsonIgnore JobPosition position) {

    /** @param outcome for people, for example failed, cancelled, stalled or retried by hand */
    record EndedAttempt(
            @Nullable Integer attempt,
            @Nullable String worker,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String outcome,
            @Nullable String reason) {}

    static final String COLUMNS = """
            id, seq, queue, kind, state, idempotency_key, CAST(priority AS int) AS priority, attempts, max_attempts, backoff_ms,
            stalls, repeatable, CAST(progress AS int) AS progress, worker, failure, created_at, due_at, expires_at, started_at,
            lease_until, finished_at, substring(traceparent FROM 4 FOR 32) AS trace_id""";

    static StoredJob read(
            Readable row, @Nullable String payload, @Nullable String result, @Nullable List<EndedAttempt> history) {
        return new StoredJob(
                required(row, "id", UUID.class),
                required(row, "queue", String.class),
                required(row, "kind", String.class),
                required(row, "state", String.class),
                row.get("idempotency_key", String.class),
                required(row, "priority", Integer.class),
                required(row, "attempts", Integer.class),
                required(row, "max_attempts", Integer.class),
                required(row, "backoff_ms", Long.class),
                required(row, "stalls", Integer.class),
                required(row, "repeatable", Boolean.class),
                row.get("progress", Integer.class),
                row.get("worker", String.class),
                row.get("failure", String.class),
                required(row, "created_at", Instant.class),
                required(row, "due_at", Instant.class),
                row.get("expires_at", Instant.class),
                row.get("started_at", Instant.class),
                row.get("lease_until", Instant.class),
                row.get("finished_at", Instant.class),
                row.get("trace_id", String.class),
                json(payload),
                json(result),
                history,
                new JobPosition(
                        required(row, "priority", Integer.class),
                        required(row, "due_at", Instant.class),
                        required(row, "position_time", Instant.class),
                        required(row, "seq", Long.class)));
    }

    private static @Nullable StorableJson json(@Nullable String text) {
        return text == null ? null : new StorableJson(text);
    }
}
