package dev.frontdesk.notification.notifications;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One thing that an account is told, in its own language.
 *
 * @param seq 1, 2, 3 … per recipient, without a gap
 * @param kind for programs, for example {@code account.verified}
 * @param title plain text
 * @param body plain text
 * @param data what an application's own kind brings for its client
 */
public record Notification(
        long seq, UUID id, String kind, String title, String body, Map<String, String> data, Instant createdAt) {}
