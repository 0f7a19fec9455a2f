package dev.frontdesk.notification.webhooks;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event for one endpoint, in their current state.
 *
 * @param sealedSecrets the current one first
 * @param legacySignature whether to send the signature of the body alone, too
 * @param disabledFor null for an endpoint that is enabled
 * @param told whether the tenant's other endpoints were notified that this one is disabled
 * @param body null when the event is no longer stored
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
