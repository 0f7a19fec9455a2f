package dev.frontdesk.notification.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as its tenant sees it; its secret is shown to nobody again.
 *
 * @param legacySignature whether {@code X-Webhook-Signature} comes with each request, too
 * @param disabledFor {@code administrator}, {@code gone} (it answered 410) or {@code failing}
 * @param failingSince the first failed attempt after the last that succeeded
 * @param formerSecretUntil until when the secret before signs, too
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
        Instant createdAt) {}
