package dev.frontdesk.notification.jobs;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param concurrency jobs of one queue that this instance works at once
 * @param lease after which another worker takes a job over; renewed while it is worked
 * @param sweep how often to look for what no wake-up told of
 * @param longestBackoff wait that doubling ends at
 * @param shutdown how long jobs that are being worked may take to end when the service stops
 * @param maxStalls how often a job is taken over from a worker that is gone; lost once more, it fails
 * @param keepCompleted completed jobs that stay, of each queue and tenant
 * @param keepFailed the same of those that ended otherwise
 * @param keysFor how long a completed job with an idempotency key stays at least
 * @param keepFor how long any ended job stays at most
 * @param queues what is different in one queue, by its name
 */
@ConfigurationProperties("frontdesk.notification.jobs")
public record JobProperties(
        @DefaultValue("5") int concurrency,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("1s") Duration sweep,
        @DefaultValue("15m") Duration longestBackoff,
        @DefaultValue("10s") Duration shutdown,
        @DefaultValue("1") int maxStalls,
        @DefaultValue("1000") int keepCompleted,
        @DefaultValue("5000") int keepFailed,
        @DefaultValue("24h") Duration keysFor,
        @DefaultValue("30d") Duration keepFor,
        @DefaultValue Map<String, Queue> queues) {

    /** As {@link QueueDefaults}; what is null is as in every queue. */
    public record Queue(
            @Nullable Integer concurrency,
            @Nullable Integer rateLimit,
            @Nullable Integer totalRateLimit,
            @DefaultValue("1m") Duration rateWindow) {

        public Queue {
            requireAtLeast(1, concurrency, "concurrency");
            requireAtLeast(1, rateLimit, "rate-limit");
            requireAtLeast(1, totalRateLimit, "total-rate-limit");
            requirePositive(rateWindow, "rate-window");
        }
    }

    public JobProperties {
        requireAtLeast(1, concurrency, "concurrency");
        requireAtLeast(0, maxStalls, "max-stalls");
        requireAtLeast(0, keepCompleted, "keep-completed");
        requireAtLeast(0, keepFailed, "keep-failed");
        requirePositive(lease, "lease");
        requirePositive(sweep, "sweep");
        requirePositive(longestBackoff, "longest-backoff");
        queues = Map.copyOf(queues);
    }

    public QueueDefaults of(String queue) {
        Queue own = queues.get(queue);
        if (own == null) {
            return new QueueDefaults(queue, concurrency, null, null, Duration.ofMinutes(1));
        }
        return new QueueDefaults(
                queue,
                own.concurrency() == null ? concurrency : own.concurrency(),
                own.rateLimit(),
                own.totalRateLimit(),
                own.rateWindow());
    }

    private static void requireAtLeast(int least, @Nullable Integer number, String name) {
        if (number != null && number < least) {
            throw new IllegalArgumentException(name + " must be at least " + least);
        }
    }

    private static void requirePositive(Duration duration, String name) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
