package dev.frontdesk.notification.notifications;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification from an application to an account; the payload of its job.
 *
 * @param data passed on to the client unchanged, and used by the template of the kind
 * @param title null for a kind that has a built-in template
 * @param locale BCP 47; null for the account's own
 * @param mail whether to send a mail to the account's address, too
 */
record NotificationJob(
        UUID accountId,
        String kind,
        Map<String, String> data,
        @Nullable String title,
        @Nullable String body,
        @Nullable String locale,
        boolean mail) {}
