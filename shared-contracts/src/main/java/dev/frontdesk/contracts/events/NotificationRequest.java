package dev.frontdesk.contracts.events;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request of an application to notification-service. It is idempotent by the event's id: a repeated event takes
 * effect once. A request that cannot be handled becomes a dead letter with the reason.
 */
public sealed interface NotificationRequest extends Event {

    /**
     * Notifies an account inside the application and, if requested, by mail. The kind {@code new-badge}, with
     * {@code name} and {@code icon} in {@code data}, has a built-in text; other kinds must supply a title.
     *
     * @param kind for programs: words of lower-case letters, digits and hyphens, separated by full stops, starting with
     *     a letter; at most 64 characters
     * @param data sent to the client unchanged, and inserted into the text of the kind; at most 20 entries
     * @param title plain text in the account's language; required for a kind without a built-in text
     * @param body plain text
     * @param locale BCP 47; defaults to the account's own
     * @param mail whether to send a mail to the account's address too
     * @param dueAt earliest time; immediately when it is missing
     */
    record NotificationRequested(
            String tenant,
            UUID accountId,
            String kind,
            Map<String, String> data,
            @Nullable String title,
            @Nullable String body,
            @Nullable String locale,
            boolean mail,
            @Nullable Instant dueAt)
            implements NotificationRequest {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /**
     * A mail to an account or to an address.
     *
     * @param requestId chosen by the application; the record key
     * @param accountId either this or an address
     * @param firstName of the owner of the address
     * @param kind {@code message} with the data {@code title} and {@code body}, or a kind that the tenant has a
     *     template for
     * @param data values that the template refers to as {@code data.…}
     * @param locale BCP 47; defaults to the account's own, or English
     */
    record EmailRequested(
            String tenant,
            UUID requestId,
            @Nullable UUID accountId,
            @Nullable String email,
            @Nullable String firstName,
            String kind,
            Map<String, Object> data,
            @Nullable String locale,
            @Nullable Instant dueAt)
            implements NotificationRequest {
        @Override
        public String aggregateId() {
            return requestId.toString();
        }
    }

    /**
     * A job in one of the tenant's queues.
     *
     * @param requestId chosen by the application; the record key
     * @param key identifies the job in its queue: a second job with the same key is not added; defaults to the event's
     *     own
     * @param priority 0 is first, 10 is normal
     * @param payload JSON for the queue's worker; contains no secrets
     */
    record JobRequested(
            String tenant,
            UUID requestId,
            String queue,
            String kind,
            @Nullable String key,
            @Nullable Integer priority,
            @Nullable Instant dueAt,
            Map<String, Object> payload)
            implements NotificationRequest {
        @Override
        public String aggregateId() {
            return requestId.toString();
        }
    }
}
