package dev.frontdesk.notification.webhooks;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event for one endpoint, as both are now.
 *
 * @param sealedSecrets the present one first
 * @param legacySignature whether it wants the body signed alone, too
 * @param disabledFor null for an endpoint that is enabled
 * @param told whether the tenant's other endpoints know that it is disabled
 * @param body null when the event is no longer kept
 */
record Delivery(
        TenantId tenant,
        UUID endpointId,
        UUID eventId,
        String url,
        List<String> sealedSecrets,
        boolean legacySignature,
        @Nullable String disabledFor,
        boolean told,
        @Nullable String type,
        @Nullable String body) {}
