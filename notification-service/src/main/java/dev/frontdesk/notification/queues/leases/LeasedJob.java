package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.notification.jobs.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as sent to an external worker.
 *
 * @param attempt 1 for the first
 * @param fence required in every request about the job; invalid once another worker has the job
 * @param leaseMs how long the worker holds the job, in ms from when this was sent, unless it renews
 * @param traceparent W3C trace context of what caused the job
 */
public record LeasedJob(
        UUID id,
        String queue,
        String kind,
        int priority,
        int attempt,
        int maxAttempts,
        long fence,
        long leaseMs,
        Instant dueAt,
        @Nullable Instant expiresAt,
        @Nullable String traceparent,
        StorableJson payload) {

    public static LeasedJob of(Job job, Duration lease) {
        return new LeasedJob(
                job.id(),
                job.queue(),
                job.kind(),
                job.priority(),
                job.attempt(),
                job.retries().attempts(),
                job.fence(),
                lease.toMillis(),
                job.dueAt(),
                job.expiresAt(),
                job.traceparent(),
                new StorableJson(job.payload()));
    }
}
