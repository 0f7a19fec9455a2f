package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.notification.jobs.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as whoever works it outside gets it.
 *
 * @param attempt 1 for the first
 * @param fence to be said with everything about the job; worthless once somebody else has it
 * @param leaseMs how long it is theirs, in ms, from when this was sent, unless they renew
 * @param traceparent W3C trace context of what asked for it
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
