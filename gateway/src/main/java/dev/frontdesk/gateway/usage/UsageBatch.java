package dev.frontdesk.gateway.usage;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import java.util.Map;

/**
 * Requests of one tenant that are written together.
 *
 * @param number higher than that of each earlier batch of this gateway
 * @param hour its first moment
 */
record UsageBatch(TenantId tenant, long number, Instant hour, Map<UsageSubject, RequestCount> counts) {

    UsageBatch {
        counts = Map.copyOf(counts);
    }
}
