package dev.frontdesk.notification.queues.push;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.queues.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's queue that is worked by push and has waiting jobs.
 *
 * @param secret sealed
 * @param legacySignature whether each request also carries a signature of the body alone
 * @param secretBefore the previous one, sealed; null once it has expired
 */
record PushLane(
        TenantId tenant,
        QueueName queue,
        String url,
        boolean legacySignature,
        String secret,
        @Nullable String secretBefore) {}
