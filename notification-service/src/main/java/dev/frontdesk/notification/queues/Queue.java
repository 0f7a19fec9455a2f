package dev.frontdesk.notification.queues;

import org.jspecify.annotations.Nullable;

/**
 * A tenant's queue, as the tenant has set it; what is null is as the service's configuration has it.
 *
 * @param pushUrl where jobs are sent, when they are
 * @param pushLegacySignature whether their body is signed alone, too
 * @param maxAttempts of a job that says nothing itself
 * @param backoffMs the same, before its second attempt
 * @param maxStalls how often a job is taken over from a worker that is gone
 * @param rateLimit jobs begun in any window of {@code rateWindowMs}
 * @param keepCompleted completed jobs that stay
 * @param keepFailed jobs that stay of those that ended otherwise
 */
public record Queue(
        QueueName name,
        boolean paused,
        WorkMode worked,
        @Nullable String pushUrl,
        boolean pushLegacySignature,
        @Nullable Integer maxAttempts,
        @Nullable Long backoffMs,
        @Nullable Integer maxStalls,
        @Nullable Integer rateLimit,
        @Nullable Long rateWindowMs,
        @Nullable Integer keepCompleted,
        @Nullable Integer keepFailed) {

    /** One that the tenant has said nothing about. */
    static Queue untouched(QueueName name) {
        return new Queue(name, false, name.workedByDefault(), null, false, null, null, null, null, null, null, null);
    }
}
