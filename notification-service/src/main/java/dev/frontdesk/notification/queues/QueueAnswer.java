package dev.frontdesk.notification.queues;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.frontdesk.notification.jobs.QueueDefaults;
import dev.frontdesk.notification.queues.QueueFigures.Figures;
import org.jspecify.annotations.Nullable;

/**
 * A queue as JSON has it: what was set, and how it is.
 *
 * @param builtIn there without being made
 * @param pushLegacySignature whether their body is signed alone, too; null for a queue that is not pushed
 * @param pushSecret what pushed jobs are signed with, when it is new; it is not shown again
 * @param rateLimit the one that holds, whether the tenant has one of its own or not; null for none
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

    /** Jobs begun in any window. */
    record RateLimit(int limit, long windowMs) {}

    static QueueAnswer of(Queue queue, @Nullable String pushSecret, QueueDefaults defaults, Figures figures) {
        return new QueueAnswer(
                queue.name().value(),
                queue.name().isBuiltIn(),
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
        // Configured limits are for what the service works.
        return queue.worked() != WorkMode.SERVICE || defaults.rateLimit() == null
                ? null
                : new RateLimit(defaults.rateLimit(), defaults.rateWindow().toMillis());
    }
}
