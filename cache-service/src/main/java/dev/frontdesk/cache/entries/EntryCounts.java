package dev.frontdesk.cache.entries;

import dev.frontdesk.contracts.identity.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/**
 * Counts the reads and writes of applications in this process since they were last taken, by tenant and namespace; those of
 * accounts are counted together. Bounded: what does not fit until then is counted for the tenant alone.
 */
@Component
public final class EntryCounts {

    /** The namespace of the entries of accounts. No namespace of an application has this name, which is not a valid one. */
    public static final String ACCOUNTS = "accounts*";

    /** The namespace of those that do not fit. */
    public static final String OTHERS = "others*";

    private static final int MOST = 10_000;

    private volatile Map<Place, Tally> current = new ConcurrentHashMap<>();

    /** Counted no more, except by calls that began before the last {@link #take}. */
    private Map<Place, Tally> former = Map.of();

    private final Counter hits;
    private final Counter misses;
    private final Counter writes;
    private final HotKeys hotKeys;

    /** Where something is counted. */
    public record Place(TenantId tenant, String namespace) {}

    /** Numbers of entries. */
    public record Counts(long hits, long misses, long writes) {}

    private static final class Tally {

        private final LongAdder hits = new LongAdder();
        private final LongAdder misses = new LongAdder();
        private final LongAdder writes = new LongAdder();
    }

    EntryCounts(MeterRegistry meters, HotKeys hotKeys) {
        this.hotKeys = hotKeys;
        this.hits = reads(meters, "hit");
        this.misses = reads(meters, "miss");
        this.writes = Counter.builder("frontdesk.cache.writes")
                .description("Entries that were stored")
                .register(meters);
    }

    private static Counter reads(MeterRegistry meters, String result) {
        return Counter.builder("frontdesk.cache.reads")
                .description("Entries that were asked for")
                .tag("result", result)
                .register(meters);
    }

    public void read(Owner owner, EntryName name, boolean found) {
        Tally tally = tally(owner, name.namespace());
        (found ? tally.hits : tally.misses).increment();
        (found ? hits : misses).increment();
        hotKeys.read(owner, name);
    }

    void wrote(Owner owner, String namespace, int entries) {
        tally(owner, namespace).writes.add(entries);
        writes.increment(entries);
    }

    private Tally tally(Owner owner, String namespace) {
        var place = new Place(
                owner.tenant(),
                switch (owner) {
                    case Owner.Application _ -> namespace;
                    case Owner.Account _ -> ACCOUNTS;
                });
        Map<Place, Tally> tallies = current;
        Tally known = tallies.get(place);
        if (known != null) {
            return known;
        }
        var counted = tallies.size() < MOST ? place : new Place(owner.tenant(), OTHERS);
        return tallies.computeIfAbsent(counted, _ -> new Tally());
    }

    /** What was counted between the last two calls. */
    public synchronized Map<Place, Counts> take() {
        var taken = new HashMap<Place, Counts>();
        former.forEach((place, tally) ->
                taken.put(place, new Counts(tally.hits.sum(), tally.misses.sum(), tally.writes.sum())));
        former = current;
        current = new ConcurrentHashMap<>();
        return taken;
    }
}
