package dev.frontdesk.cache.statistics;

import dev.frontdesk.cache.entries.EntryCounts;
import dev.frontdesk.cache.entries.EntryCounts.Counts;
import dev.frontdesk.cache.entries.EntryUsage;
import dev.frontdesk.cache.entries.EntryUsage.Usage;
import dev.frontdesk.cache.statistics.CacheStatistics.OfNamespace;
import dev.frontdesk.cache.statistics.CacheStatistics.Reads;
import dev.frontdesk.contracts.identity.TenantId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The statistics of tenants. */
@Repository
class Statistics {

    /** How many namespaces are shown. */
    private static final int MOST = 20;

    /** Each asks 64 partitions. */
    private static final int AT_ONCE = 4;

    private static final Counts NONE = new Counts(0, 0, 0);

    private final EntryUsage usage;
    private final StoredCounts counts;

    Statistics(EntryUsage usage, StoredCounts counts) {
        this.usage = usage;
        this.counts = counts;
    }

    Mono<CacheStatistics> of(TenantId tenant) {
        return counts.of(tenant)
                .flatMap(counted -> Mono.zip(
                        usage.of(tenant),
                        namespaces(tenant, counted),
                        (total, namespaces) -> statistics(total, counted, namespaces)));
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

    private static CacheStatistics statistics(Usage total, Map<String, Counts> counted, List<OfNamespace> namespaces) {
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
                null);
    }
}
