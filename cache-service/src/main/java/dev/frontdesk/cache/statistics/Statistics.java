package dev.frontdesk.cache.statistics;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.cache.entries.EntryCounts;
import dev.frontdesk.cache.entries.EntryCounts.Counts;
import dev.frontdesk.cache.entries.EntryUsage;
import dev.frontdesk.cache.entries.EntryUsage.Usage;
import dev.frontdesk.cache.statistics.CacheStatistics.HotKey;
import dev.frontdesk.cache.statistics.CacheStatistics.OfNamespace;
import dev.frontdesk.cache.statistics.CacheStatistics.Reads;
import dev.frontdesk.contracts.identity.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The statistics of tenants. Those of a tenant are kept for a few seconds, and measured once for all who wait for them. */
@Repository
class Statistics {

    /** How many namespaces are shown. */
    private static final int MOST = 20;

    /** Each asks 64 partitions. */
    private static final int AT_ONCE = 4;

    private static final Counts NONE = new Counts(0, 0, 0);

    private static final Duration KEPT = Duration.ofSeconds(3);
    private static final int MOST_TENANTS = 1_000;

    private final EntryUsage usage;
    private final StoredCounts counts;
    private final StoredHotKeys hotKeys;
    private final Clock clock;
    private final AsyncCache<TenantId, CacheStatistics> measured = Caffeine.newBuilder()
            .maximumSize(MOST_TENANTS)
            .expireAfterWrite(KEPT)
            .buildAsync();

    Statistics(EntryUsage usage, StoredCounts counts, StoredHotKeys hotKeys, Clock clock) {
        this.usage = usage;
        this.counts = counts;
        this.hotKeys = hotKeys;
        this.clock = clock;
    }

    Mono<CacheStatistics> of(TenantId tenant) {
        // A client that goes away must not end what others wait for.
        return Mono.fromFuture(
                () -> measured.get(tenant, (_, _) -> measure(tenant).toFuture()), true);
    }

    private Mono<CacheStatistics> measure(TenantId tenant) {
        return Mono.zip(counts.of(tenant), usage.of(tenant), hotKeys.of(tenant))
                .flatMap(all -> namespaces(tenant, all.getT1())
                        .map(namespaces -> statistics(all.getT2(), all.getT1(), namespaces, all.getT3())));
    }

    private Mono<List<OfNamespace>> namespaces(TenantId tenant, Map<String, Counts> counted) {
        return Flux.fromIterable(counted.entrySet())
                .filter(entry -> !entry.getKey().equals(EntryCounts.ACCOUNTS)
                        && !entry.getKey().equals(EntryCounts.OTHERS))
                .flatMap(
                        entry -> usage.of(tenant, entry.getKey())
                                .map(size -> OfNamespace.of(entry.getKey(), size, entry.getValue())),
                        AT_ONCE)
                .sort(Comparator.comparingLong(OfNamespace::bytes).reversed().thenComparing(OfNamespace::namespace))
                .take(MOST)
                .collectList();
    }

    private CacheStatistics statistics(
            Usage total, Map<String, Counts> counted, List<OfNamespace> namespaces, List<HotKey> hotKeys) {
        Counts all = counted.values().stream()
                .reduce(
                        NONE,
                        (a, b) -> new Counts(a.hits() + b.hits(), a.misses() + b.misses(), a.writes() + b.writes()));
        Counts accounts = counted.getOrDefault(EntryCounts.ACCOUNTS, NONE);
        return new CacheStatistics(
                total.keys(),
                total.bytes(),
                all.hits(),
                all.misses(),
                CacheStatistics.rate(all),
                namespaces,
                new Reads(accounts.hits(), accounts.misses()),
                hotKeys,
                clock.instant(),
                null);
    }
}
