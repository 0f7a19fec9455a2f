package dev.frontdesk.notification.notifications;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One message to an account, in its own language.
 *
 * @param seq 1, 2, 3 … per recipient, without gaps
 * @param kind for clients to branch on, for example {@code account.verified}
 * @param title plain text
 * @param body plain text
 * @param data what an application sends to its client with its own kind
 */
public record Notification(
        long seq, UUID id, String kind, String title, String body, Map<String, String> data, Instant createdAt) {}
