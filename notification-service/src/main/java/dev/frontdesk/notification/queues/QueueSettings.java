package dev.frontdesk.notification.queues;

import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.notification.jobs.BuiltInQueue.AddedBy;
import dev.frontdesk.notification.jobs.Retries;
import dev.frontdesk.notification.jobs.WorkMode;
import org.jspecify.annotations.Nullable;

/** Body of {@code PUT /queues/{queue}}; a missing field resets the setting to the service's configuration. */
public record QueueSettings(
        @Nullable String worked,
        @Nullable String pushUrl,
        @Nullable Boolean pushLegacySignature,
        @Nullable Integer maxAttempts,
        @Nullable Long backoffMs,
        @Nullable Integer maxStalls,
        @Nullable Integer keepCompleted,
        @Nullable Integer keepFailed) {

    public static final long LONGEST_BACKOFF_MS = 24L * 60 * 60 * 1000;
    private static final int MOST_STALLS = 100;
    private static final int MOST_KEPT = 100_000;

    /**
     * Null means the queue's default.
     *
     * @param addedBy who adds jobs to the queue
     */
    @Nullable WorkMode check(AddedBy addedBy, FieldReader fields) {
        WorkMode by = fields.optional("worked", worked, WorkMode::read).orElse(null);
        if (addedBy == AddedBy.SERVICE && by != null && by != WorkMode.SERVICE) {
            fields.refuse("worked", "can only be service for this queue");
        }
        if (addedBy == AddedBy.CLIENTS && by == WorkMode.SERVICE) {
            fields.refuse("worked", "must be lease or push: the service has no handler for this queue");
        }
        if (by == WorkMode.PUSH && pushUrl == null) {
            fields.refuse("push_url", "is required");
        }
        if (by != WorkMode.PUSH && pushUrl != null) {
            fields.refuse("push_url", "needs worked to be push");
        }
        if (by != WorkMode.PUSH && pushLegacySignature != null) {
            fields.refuse("push_legacy_signature", "needs worked to be push");
        }
        if (addedBy == AddedBy.SERVICE) {
            refuseRetries(fields);
        }
        fields.range("max_attempts", maxAttempts, 1, Retries.MOST);
        fields.range("backoff_ms", backoffMs, 1, LONGEST_BACKOFF_MS);
        fields.range("max_stalls", maxStalls, 0, MOST_STALLS);
        fields.range("keep_completed", keepCompleted, 0, MOST_KEPT);
        fields.range("keep_failed", keepFailed, 0, MOST_KEPT);
        return by;
    }

    /**
     * These settings would have no effect: the service itself sets the retries of jobs that it adds to these queues.
     */
    private void refuseRetries(FieldReader fields) {
        if (maxAttempts != null) {
            fields.refuse("max_attempts", "can't be set for this queue");
        }
        if (backoffMs != null) {
            fields.refuse("backoff_ms", "can't be set for this queue");
        }
    }
}
