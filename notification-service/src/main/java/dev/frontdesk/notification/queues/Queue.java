package dev.frontdesk.notification.queues;

import dev.frontdesk.notification.jobs.BuiltInQueue.AddedBy;
import dev.frontdesk.notification.jobs.WorkMode;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's queue with the tenant's settings; null means the value from the service's configuration.
 *
 * @param builtIn whether the queue exists without being created
 * @param pushUrl where jobs are sent, if the queue is worked by push
 * @param pushLegacySignature whether requests also carry a signature of the body alone
 * @param maxAttempts for jobs that do not set it
 * @param backoffMs wait before the second attempt, for jobs that do not set it
 * @param maxStalls how often a job is taken over from a worker that is gone
 * @param rateLimit jobs begun in any window of {@code rateWindowMs}
 * @param keepCompleted number of completed jobs to keep
 * @param keepFailed the same for jobs that ended in another way
 */
public record Queue(
        QueueName name,
        boolean builtIn,
        AddedBy addedBy,
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

    /** A built-in queue without settings of the tenant. */
    static Queue untouched(QueueName name, AddedBy addedBy) {
        return new Queue(
                name,
                true,
                addedBy,
                false,
                WorkMode.usual(addedBy),
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
