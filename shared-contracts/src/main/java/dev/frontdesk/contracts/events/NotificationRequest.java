package dev.frontdesk.contracts.events;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks notification-service to do. The event's id is what it is idempotent by: the same one twice is
 * done once. What can't be done goes to the dead letters with the reason.
 */
public sealed interface NotificationRequest extends Event {

    /**
     * An account is told something inside the application and, if wanted, by mail. {@code new-badge} with the names
     * {@code name} and {@code icon} in {@code data} is a kind that has its words already; another kind brings its title.
     *
     * @param kind for programs: words of lower-case letters, digits and hyphens with full stops between them, a letter first;
     *     64 characters at most
     * @param data goes to the client as it is, and into the words of the kind; 20 entries at most
     * @param title plain text in the account's language; required for a kind without words of its own
     * @param body plain text
     * @param locale BCP 47; the account's own when it is missing
     * @param mail whether the account's address gets a mail, too
     * @param dueAt not before; at once when it is missing
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
     * @param requestId of the application's own choosing; the record key
     * @param accountId either it or an address
     * @param firstName of whoever has the address
     * @param kind {@code message} with the data {@code title} and {@code body}, or one that the tenant has a template for
     * @param data what the template names as {@code data.…}
     * @param locale BCP 47; the account's own, or English, when it is missing
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
     * @param requestId of the application's own choosing; the record key
     * @param key names the job in its queue: another one with the same key is not added; the event's own when it is missing
     * @param priority 0 is first, 10 is ordinary
     * @param payload JSON, for the queue's worker; no secret is in it
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
