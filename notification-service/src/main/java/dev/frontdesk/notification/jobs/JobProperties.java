package dev.frontdesk.notification.jobs;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param concurrency number of jobs of one queue that this instance works on at the same time
 * @param lease time after which another worker takes a job over; renewed while the job is in work
 * @param sweep interval of the search for work that no signal announced
 * @param longestBackoff maximum of the doubling backoff
 * @param shutdown time that running jobs have to end when the service stops
 * @param maxStalls how often a job is taken over from a worker that is gone; after one more loss it fails
 * @param keepCompleted number of completed jobs to keep per queue and tenant
 * @param keepFailed the same for jobs that ended in another way
 * @param keysFor minimum time to keep a completed job with an idempotency key
 * @param keepFor maximum time to keep any ended job
 * @param queues settings of single queues, by name
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

    /** See {@link QueueDefaults}; null means the value for all queues. */
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
