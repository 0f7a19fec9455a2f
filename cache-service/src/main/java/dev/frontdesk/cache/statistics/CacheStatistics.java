package dev.frontdesk.cache.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.frontdesk.cache.entries.EntryCounts.Counts;
import dev.frontdesk.cache.entries.EntryUsage.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cache of a tenant. Counts begin with the first use of the cache, or after a month without any.
 *
 * @param totalKeys entries, those of accounts included; what has expired counts for up to a second more
 * @param totalBytes of names, types and bodies, and 208 for each entry
 * @param hitRate hits / (hits + misses); null without either
 * @param namespaces the largest ones of the application
 * @param accountReads reads of sessions, which see entries of their own account alone
 * @param hotKeys the most read ones of the application in the last one to two minutes, by a sample of the reads
 * @param measuredAt the same statistics are shown for a few seconds
 * @param redis null unless the operator asks
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CacheStatistics(
        long totalKeys,
        long totalBytes,
        long hits,
        long misses,
        @Nullable Double hitRate,
        List<OfNamespace> namespaces,
        Reads accountReads,
        List<HotKey> hotKeys,
        Instant measuredAt,
        @Nullable OfRedis redis) {

    private static final double DIGITS = 10_000;

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfNamespace(
            String namespace,
            long keyCount,
            long bytes,
            long hits,
            long misses,
            @Nullable Double hitRate) {

        static OfNamespace of(String namespace, Usage usage, Counts counts) {
            return new OfNamespace(
                    namespace, usage.keys(), usage.bytes(), counts.hits(), counts.misses(), rate(counts));
        }
    }

    record Reads(long hits, long misses) {}

    record HotKey(String namespace, String key, double readsPerSecond) {

        /** Without the key, which can be private. */
        @Override
        public String toString() {
            return "HotKey[" + readsPerSecond + "]";
        }
    }

    /**
     * All masters together that answer.
     *
     * @param masters how many there are
     * @param unreachable how many of them do not answer and are missing in the sums
     * @param databases the number of keys of each that has some, all applications of this Redis included
     */
    record OfRedis(
            int masters,
            int unreachable,
            long usedMemoryBytes,
            long maxMemoryBytes,
            long evictedKeys,
            Map<String, Long> databases) {}

    CacheStatistics with(OfRedis numbers) {
        return new CacheStatistics(
                totalKeys, totalBytes, hits, misses, hitRate, namespaces, accountReads, hotKeys, measuredAt, numbers);
    }

    static @Nullable Double rate(Counts counts) {
        long reads = counts.hits() + counts.misses();
        return reads == 0 ? null : Math.round(DIGITS * counts.hits() / reads) / DIGITS;
    }
}
