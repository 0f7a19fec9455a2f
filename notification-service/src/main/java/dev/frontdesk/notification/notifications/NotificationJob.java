package dev.frontdesk.notification.notifications;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an application wants an account to be told; the payload of its job.
 *
 * @param data for the client as it is, and for the words of the kind
 * @param title null for a kind that has words here
 * @param locale BCP 47; null for the account's own
 * @param mail whether the account's address gets a mail, too
 */
record NotificationJob(
        UUID accountId,
        String kind,
        Map<String, String> data,
        @Nullable String title,
        @Nullable String body,
        @Nullable String locale,
        boolean mail) {}
