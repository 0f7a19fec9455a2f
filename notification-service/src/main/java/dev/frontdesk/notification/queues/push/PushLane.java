package dev.frontdesk.notification.queues.push;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.queues.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's queue that is pushed and has something waiting.
 *
 * @param secret sealed
 * @param legacySignature whether each request has the body signed alone, too
 * @param secretBefore sealed; null when it has had its time
 */
record PushLane(
        TenantId tenant,
        QueueName queue,
        String url,
        boolean legacySignature,
        String secret,
        @Nullable String secretBefore) {}
