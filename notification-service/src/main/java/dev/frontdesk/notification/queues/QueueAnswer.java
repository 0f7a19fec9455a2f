package dev.frontdesk.notification.queues;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.frontdesk.notification.jobs.QueueDefaults;
import dev.frontdesk.notification.jobs.WorkMode;
import dev.frontdesk.notification.queues.QueueFigures.Figures;
import org.jspecify.annotations.Nullable;

/**
 * A queue in JSON: its settings and its current figures.
 *
 * @param builtIn whether the queue exists without being created
 * @param pushLegacySignature whether requests also carry a signature of the body alone; null if not worked by push
 * @param pushSecret signing secret for pushed jobs, only when it is new; it is not shown again
 * @param rateLimit the limit in effect, the tenant's own or the configured one; null for none
 */
record QueueAnswer(
        String name,
        boolean builtIn,
        boolean paused,
        String worked,
        @Nullable String pushUrl,
        @Nullable Boolean pushLegacySignature,
        @Nullable String pushSecret,
        @Nullable Integer maxAttempts,
        @Nullable Long backoffMs,
        @Nullable Integer maxStalls,
        @Nullable Integer keepCompleted,
        @Nullable Integer keepFailed,
        @Nullable RateLimit rateLimit,
        @JsonUnwrapped Figures figures) {

    /** Maximum number of jobs begun in any window. */
    record RateLimit(int limit, long windowMs) {}

    static QueueAnswer of(Queue queue, @Nullable String pushSecret, QueueDefaults defaults, Figures figures) {
        return new QueueAnswer(
                queue.name().value(),
                queue.builtIn(),
                queue.paused(),
                queue.worked().word(),
                queue.pushUrl(),
                queue.pushUrl() == null ? null : queue.pushLegacySignature(),
                pushSecret,
                queue.maxAttempts(),
                queue.backoffMs(),
                queue.maxStalls(),
                queue.keepCompleted(),
                queue.keepFailed(),
                rateLimit(queue, defaults),
                figures);
    }

    private static @Nullable RateLimit rateLimit(Queue queue, QueueDefaults defaults) {
        Long window = queue.rateWindowMs();
        if (queue.rateLimit() != null) {
            return new RateLimit(
                    queue.rateLimit(), window == null ? defaults.rateWindow().toMillis() : window);
        }
        // Configured limits apply only to queues that the service works on itself.
        return queue.worked() != WorkMode.SERVICE || defaults.rateLimit() == null
                ? null
                : new RateLimit(defaults.rateLimit(), defaults.rateWindow().toMillis());
    }
}
