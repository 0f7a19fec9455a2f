package dev.frontdesk.gateway.usage;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts that Redis does not have yet, in bounded memory. A batch that was sent stays as it is until Redis has confirmed it,
 * because Redis may have added it; counts that come later are in a later batch. So a tenant has one such batch at most.
 */
final class UnwrittenUsage {

    /** Of subjects in an hour, about 200 bytes each. */
    static final int MOST = 100_000;

    /** A script must not occupy Redis for more than about a millisecond. */
    static final int MOST_OF_A_BATCH = 500;

    private final Map<TenantId, OfTenant> tenants = new HashMap<>();
    private int size;
    private long lastNumber;

    private static final class OfTenant {

        private final TreeMap<Instant, Map<UsageSubject, RequestCount>> hours = new TreeMap<>();
        private @Nullable UsageBatch unconfirmed;
    }

    /** @return how many requests were dropped because there is no room for their subjects */
    synchronized long add(Instant hour, TenantId tenant, Map<UsageSubject, RequestCount> counts) {
        long dropped = 0;
        var subjects =
                tenants.computeIfAbsent(tenant, _ -> new OfTenant()).hours.computeIfAbsent(hour, _ -> new HashMap<>());
        for (var count : counts.entrySet()) {
            RequestCount before = subjects.get(count.getKey());
            if (before != null) {
                subjects.put(count.getKey(), before.plus(count.getValue()));
            } else if (size < MOST) {
                subjects.put(count.getKey(), count.getValue());
                size++;
            } else {
                dropped += count.getValue().requests();
            }
        }
        return dropped;
    }

    synchronized List<TenantId> tenants() {
        return List.copyOf(tenants.keySet());
    }

    /** The next batch of the tenant to send: the unconfirmed one again, if there is one. Null if nothing is left. */
    synchronized @Nullable UsageBatch next(TenantId tenant) {
        OfTenant of = tenants.get(tenant);
        if (of == null) {
            return null;
        }
        if (of.unconfirmed == null) {
            of.unconfirmed = take(tenant, of.hours);
        }
        if (of.unconfirmed == null) {
            tenants.remove(tenant);
        }
        return of.unconfirmed;
    }

    private @Nullable UsageBatch take(TenantId tenant, TreeMap<Instant, Map<UsageSubject, RequestCount>> hours) {
        var first = hours.firstEntry();
        while (first != null && first.getValue().isEmpty()) {
            hours.remove(first.getKey());
            first = hours.firstEntry();
        }
        if (first == null) {
            return null;
        }
        var taken = new HashMap<UsageSubject, RequestCount>();
        var subjects = first.getValue().entrySet().iterator();
        while (subjects.hasNext() && taken.size() < MOST_OF_A_BATCH) {
            var subject = subjects.next();
            taken.put(subject.getKey(), subject.getValue());
            subjects.remove();
        }
        return new UsageBatch(tenant, ++lastNumber, first.getKey(), taken);
    }

    /** The batch need not be sent again. */
    synchronized void ended(UsageBatch batch) {
        OfTenant of = tenants.get(batch.tenant());
        if (of != null && batch.equals(of.unconfirmed)) {
            of.unconfirmed = null;
            size -= batch.counts().size();
        }
    }
}
