package dev.frontdesk.notification.jobs;

import java.time.Duration;
import java.util.Map;
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
        @DefaultValue Map<String, QueueLimits> queues) {

    private static final Duration USUAL_WINDOW = Duration.ofMinutes(1);

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

    /** @param builtIn used where the configuration says nothing about this queue */
    QueueDefaults of(String queue, QueueLimits builtIn) {
        QueueLimits limits = configured(queue).or(builtIn);
        return new QueueDefaults(
                queue,
                limits.concurrency() == null ? concurrency : limits.concurrency(),
                limits.rateLimit(),
                limits.totalRateLimit(),
                limits.rateWindow() == null ? USUAL_WINDOW : limits.rateWindow());
    }

    /** A name in an environment variable cannot have hyphens. */
    private QueueLimits configured(String queue) {
        QueueLimits exact = queues.getOrDefault(queue, QueueLimits.NONE);
        return exact.or(queues.getOrDefault(queue.replace("-", ""), QueueLimits.NONE));
    }

    private static void requireAtLeast(int least, int number, String name) {
        if (number < least) {
            throw new IllegalArgumentException(name + " must be at least " + least);
        }
    }

    private static void requirePositive(Duration duration, String name) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
