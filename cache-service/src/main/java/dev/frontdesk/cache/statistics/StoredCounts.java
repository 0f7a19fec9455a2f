package dev.frontdesk.cache.statistics;

import dev.frontdesk.cache.entries.EntryCounts;
import dev.frontdesk.cache.entries.EntryCounts.Counts;
import dev.frontdesk.cache.entries.EntryCounts.Place;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The counts of all processes in Redis, since a tenant has used the cache without a month of pause. */
@Repository
class StoredCounts {

    private static final LuaScript ADD = LuaScript.alsoWhenFull("statistics/add_counts");
    private static final Duration KEPT = Duration.ofDays(31);

    /** A tenant can make up names. */
    private static final int MOST_NAMESPACES = 200;

    /** A namespace that was not used for so long makes room for another one. */
    private static final Duration UNUSED = Duration.ofDays(1);

    /** Arguments of one script: more would hold up others. */
    private static final int AT_ONCE = 200;

    private static final int TENANTS_AT_ONCE = 4;

    private final DirectRedis direct;
    private final ReactiveStringRedisTemplate redis;
    private final KeySpace keys;

    StoredCounts(DirectRedis direct, ReactiveStringRedisTemplate redis, KeySpace keys) {
        this.direct = direct;
        this.redis = redis;
        this.keys = keys;
    }

    Mono<Void> add(Map<Place, Counts> counts) {
        Map<TenantId, List<Map.Entry<Place, Counts>>> byTenant = counts.entrySet().stream()
                .collect(Collectors.groupingBy(entry -> entry.getKey().tenant()));
        return Flux.fromIterable(byTenant.entrySet())
                .flatMapDelayError(
                        tenant -> Flux.fromIterable(tenant.getValue())
                                .buffer(AT_ONCE)
                                .concatMap(some -> add(tenant.getKey(), some)),
                        TENANTS_AT_ONCE,
                        1)
                .then();
    }

    private Mono<Void> add(TenantId tenant, List<Map.Entry<Place, Counts>> counts) {
        var args = new ArrayList<Object>(
                List.of(
                        Long.toString(KEPT.toSeconds()),
                        Integer.toString(MOST_NAMESPACES),
                        EntryCounts.OTHERS,
                        Long.toString(UNUSED.toSeconds())));
        counts.forEach(entry -> {
            Counts all = entry.getValue();
            args.add(entry.getKey().namespace());
            args.add(Long.toString(all.hits()));
            args.add(Long.toString(all.misses()));
            args.add(Long.toString(all.writes()));
        });
        return direct.run(ADD, key(tenant), args.toArray()).then();
    }

    /** By namespace, also {@link EntryCounts#ACCOUNTS} and {@link EntryCounts#OTHERS}. */
    Mono<Map<String, Counts>> of(TenantId tenant) {
        return redis.<String, String>opsForHash()
                .entries(key(tenant))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(StoredCounts::read);
    }

    private static Map<String, Counts> read(Map<String, String> fields) {
        var counts = new HashMap<String, Counts>();
        fields.keySet().stream()
                .filter(field -> field.endsWith(":hits"))
                .map(field -> field.substring(0, field.length() - ":hits".length()))
                .forEach(namespace -> counts.put(
                        namespace,
                        new Counts(
                                number(fields, namespace + ":hits"),
                                number(fields, namespace + ":misses"),
                                number(fields, namespace + ":writes"))));
        return counts;
    }

    private static long number(Map<String, String> fields, String field) {
        return Long.parseLong(fields.getOrDefault(field, "0"));
    }

    private String key(TenantId tenant) {
        return keys.key(tenant, "cache-statistics", Partition.of(tenant), "total");
    }
}
