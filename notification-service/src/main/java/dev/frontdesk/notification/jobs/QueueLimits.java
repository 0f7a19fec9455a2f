package dev.frontdesk.notification.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a built-in queue or the configuration says about a queue; null says nothing.
 *
 * @param concurrency number of jobs that one instance works on at the same time
 * @param rateLimit jobs of one tenant begun in any window
 * @param totalRateLimit the same for all tenants together
 * @param rateWindow of both limits
 */
public record QueueLimits(
        @Nullable Integer concurrency,
        @Nullable Integer rateLimit,
        @Nullable Integer totalRateLimit,
        @Nullable Duration rateWindow) {

    public static final QueueLimits NONE = new QueueLimits(null, null, null, null);

    public QueueLimits {
        requireAtLeastOne(concurrency, "concurrency");
        requireAtLeastOne(rateLimit, "rate-limit");
        requireAtLeastOne(totalRateLimit, "total-rate-limit");
        if (rateWindow != null && !rateWindow.isPositive()) {
            throw new IllegalArgumentException("rate-window must be positive");
        }
    }

    public static QueueLimits ofConcurrency(int jobs) {
        return new QueueLimits(jobs, null, null, null);
    }

    public static QueueLimits ofRate(int jobsOfATenant) {
        return new QueueLimits(null, jobsOfATenant, null, null);
    }

    /** These limits, and the others where these say nothing. */
    QueueLimits or(QueueLimits others) {
        return new QueueLimits(
                concurrency == null ? others.concurrency : concurrency,
                rateLimit == null ? others.rateLimit : rateLimit,
                totalRateLimit == null ? others.totalRateLimit : totalRateLimit,
                rateWindow == null ? others.rateWindow : rateWindow);
    }

    private static void requireAtLeastOne(@Nullable Integer number, String name) {
        if (number != null && number < 1) {
            throw new IllegalArgumentException(name + " must be at least 1");
        }
    }
}
