package dev.frontdesk.notification.queues;

import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.KindName;
import dev.frontdesk.kit.web.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Selects the jobs to retry.
 *
 * @param state failed when missing
 * @param kind all when missing
 * @param from earliest end of the job
 * @param to the job ended before this time
 */
record RetryRequest(
        @Nullable String state,
        @Nullable String kind,
        @Nullable String from,
        @Nullable String to) {

    JobChanges.Choice choice() {
        var fields = new FieldReader();
        var choice = new JobChanges.Choice(
                fields.optional("state", state, RetryRequest::readState).orElse(JobState.FAILED),
                fields.optional("kind", kind, KindName::read).orElse(null),
                TimeRange.read(fields, from, to));
        fields.check();
        return choice;
    }

    private static JobState readState(String word) {
        return switch (word) {
            case "failed", "unknown", "cancelled" -> JobState.read(word);
            default -> throw new IllegalArgumentException("must be failed, unknown or cancelled");
        };
    }
}
