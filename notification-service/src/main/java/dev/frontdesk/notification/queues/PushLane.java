package dev.frontdesk.notification.queues;

import dev.frontdesk.contracts.identity.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's queue that is pushed and has something waiting.
 *
 * @param secret sealed
 * @param secretBefore sealed; null when it has had its time
 */
record PushLane(
        TenantId tenant,
        QueueName queue,
        String url,
        String secret,
        @Nullable String secretBefore) {}
