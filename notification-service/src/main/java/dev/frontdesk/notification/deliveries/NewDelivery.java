package dev.frontdesk.notification.deliveries;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param queue whose handler does it, for example {@code email}
 * @param kind for people who read the table, and for the handler
 * @param idempotencyKey the same request twice has the same key, and is done once
 * @param priority 0 is first, 10 is ordinary
 * @param maxAttempts at least 1
 * @param expiresAt when it is no longer worth doing
 * @param payload JSON; no secret is in it
 * @param sealed a secret that only the handler can open; wiped when the delivery ends
 */
public record NewDelivery(
        TenantId tenant,
        String queue,
        String kind,
        String idempotencyKey,
        int priority,
        int maxAttempts,
        @Nullable Instant expiresAt,
        String payload,
        @Nullable String sealed) {}
