package dev.frontdesk.cache.entries;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/**
 * Counts a sample of the reads of each key of applications in this process since they were last taken. Bounded: of each tenant the
 * keys that come first are counted. A key that is read often comes early; which of the others do is left to chance. The keys of
 * accounts, which can be private, are not counted.
 */
@Component
public final class HotKeys {

    /** The others cost a random number. A power of two. */
    private static final int ONE_READ_IN = 16;

    private static final int MOST_TENANTS = 1_000;
    private static final int MOST_KEYS = 500;

    private volatile Map<TenantId, Map<EntryName, LongAdder>> current = new ConcurrentHashMap<>();

    /** Counted no more, except by calls that began before the last {@link #take}. */
    private Map<TenantId, Map<EntryName, LongAdder>> former = Map.of();

    void read(Owner owner, EntryName name) {
        if ((ThreadLocalRandom.current().nextInt() & (ONE_READ_IN - 1)) == 0
                && owner instanceof Owner.Application(TenantId tenant)) {
            count(tenant, name);
        }
    }

    void count(TenantId tenant, EntryName name) {
        var tenants = current;
        Map<EntryName, LongAdder> keys = tenants.get(tenant);
        if (keys == null) {
            if (tenants.size() >= MOST_TENANTS) {
                return;
            }
            keys = tenants.computeIfAbsent(tenant, _ -> new ConcurrentHashMap<>());
        }
        LongAdder reads = keys.get(name);
        if (reads == null) {
            if (keys.size() >= MOST_KEYS) {
                return;
            }
            reads = keys.computeIfAbsent(name, _ -> new LongAdder());
        }
        reads.increment();
    }

    /** An estimate. */
    public record Reads(String namespace, String key, long count) {

        /** Without the key, which can be private. */
        @Override
        public String toString() {
            return "Reads[" + count + "]";
        }
    }

    /**
     * What was counted between the last two calls.
     *
     * @param most keys of each tenant, those that were read most
     */
    public synchronized Map<TenantId, List<Reads>> take(int most) {
        var taken = new HashMap<TenantId, List<Reads>>();
        former.forEach((tenant, keys) -> taken.put(
                tenant,
                keys.entrySet().stream()
                        .map(entry -> new Reads(
                                entry.getKey().namespace(),
                                entry.getKey().key(),
                                ONE_READ_IN * entry.getValue().sum()))
                        .sorted(Comparator.comparingLong(Reads::count).reversed())
                        .limit(most)
                        .toList()));
        former = current;
        current = new ConcurrentHashMap<>();
        return taken;
    }
}
