package dev.frontdesk.notification.queues;

import dev.frontdesk.kit.fields.FieldReader;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to retry.
 *
 * @param state failed when missing
 * @param kind all when missing
 * @param since ended then or later
 * @param until ended before
 */
record RetryRequest(
        @Nullable String state,
        @Nullable String kind,
        @Nullable String since,
        @Nullable String until) {

    JobChanges.Choice choice() {
        var fields = new FieldReader();
        var choice = new JobChanges.Choice(
                fields.optional("state", state, RetryRequest::readState).orElse(JobState.FAILED),
                fields.optional("kind", kind, JobFields::readKind).orElse(null),
                fields.optional("since", since, JobFields::readTime).orElse(null),
                fields.optional("until", until, JobFields::readTime).orElse(null));
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
