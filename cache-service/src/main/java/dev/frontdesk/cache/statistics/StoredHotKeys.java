package dev.frontdesk.cache.statistics;

import dev.frontdesk.cache.entries.HotKeys.Reads;
import dev.frontdesk.cache.statistics.CacheStatistics.HotKey;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.resilience.Outages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The keys that all processes have read most, in this minute and the one before. */
@Repository
class StoredHotKeys {

    private static final LuaScript ADD = new LuaScript("statistics/add_reads");
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** Until no one reads it as the window before. */
    private static final Duration KEPT = WINDOW.multipliedBy(3);

    /** In one window. More than are shown: which ones those are, is known at its end. */
    private static final int MOST = 200;

    private static final int SHOWN = 20;
    private static final double HUNDREDTHS = 100;

    private static final int TENANTS_AT_ONCE = 4;

    private final DirectRedis direct;
    private final ReactiveStringRedisTemplate redis;
    private final KeySpace keys;
    private final Clock clock;

    StoredHotKeys(DirectRedis direct, ReactiveStringRedisTemplate redis, KeySpace keys, Clock clock) {
        this.direct = direct;
        this.redis = redis;
        this.keys = keys;
        this.clock = clock;
    }

    Mono<Void> add(Map<TenantId, List<Reads>> reads) {
        long window = windowAt(clock.instant());
        return Flux.fromIterable(reads.entrySet())
                .flatMapDelayError(tenant -> add(tenant.getKey(), window, tenant.getValue()), TENANTS_AT_ONCE, 1)
                .then();
    }

    /** A full Redis does without. */
    private Mono<Void> add(TenantId tenant, long window, List<Reads> reads) {
        var args = new ArrayList<Object>(List.of(Long.toString(KEPT.toSeconds()), Integer.toString(MOST)));
        reads.forEach(key -> {
            args.add(key.namespace() + ":" + key.key());
            args.add(Long.toString(key.count()));
        });
        return direct.run(ADD, key(tenant, window), args.toArray())
                .then()
                .onErrorComplete(Outages::isFullRedis);
    }

    /** The largest number first. */
    Mono<List<HotKey>> of(TenantId tenant) {
        Instant now = clock.instant();
        long window = windowAt(now);
        double seconds = WINDOW.toSeconds() + Math.max(1, now.getEpochSecond() - window * WINDOW.toSeconds());
        return Flux.just(window - 1, window)
                .flatMapSequential(each -> redis.opsForZSet()
                        .reverseRangeWithScores(key(tenant, each), Range.closed(0L, (long) MOST - 1)))
                .collect(
                        HashMap<String, Double>::new,
                        (all, one) -> all.merge(String.valueOf(one.getValue()), score(one.getScore()), Double::sum))
                .map(all -> all.entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(SHOWN)
                        .map(each -> hotKey(each.getKey(), each.getValue() / seconds))
                        .toList());
    }

    private static double score(@Nullable Double score) {
        return score == null ? 0 : score;
    }

    /** No namespace has a colon. */
    private static HotKey hotKey(String name, double perSecond) {
        int colon = name.indexOf(':');
        return new HotKey(
                name.substring(0, colon),
                name.substring(colon + 1),
                Math.round(HUNDREDTHS * perSecond) / HUNDREDTHS);
    }

    private static long windowAt(Instant time) {
        return time.getEpochSecond() / WINDOW.toSeconds();
    }

    private String key(TenantId tenant, long window) {
        return keys.key(tenant, "cache-hot-keys", Partition.of(tenant), Long.toString(window));
    }
}
