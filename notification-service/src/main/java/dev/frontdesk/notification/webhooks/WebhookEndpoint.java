package dev.frontdesk.notification.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as its tenant sees it, without the secret.
 *
 * @param legacySignature whether each request also has {@code X-Webhook-Signature}
 * @param disabledFor {@code administrator}, {@code gone} (it answered 410) or {@code failing}
 * @param failingSince the time of the first failed attempt after the last successful one
 * @param formerSecretUntil until when requests are signed with the previous secret, too
 */
record WebhookEndpoint(
        UUID id,
        String url,
        String description,
        List<String> eventTypes,
        boolean enabled,
        boolean legacySignature,
        @Nullable Instant disabledAt,
        @Nullable String disabledFor,
        @Nullable Instant failingSince,
        @Nullable Instant formerSecretUntil,
        Instant createdAt) {

    /** What the secrets of an endpoint are sealed for. */
    static String secretOwner(UUID id) {
        return "webhook-secret:" + id;
    }
}
