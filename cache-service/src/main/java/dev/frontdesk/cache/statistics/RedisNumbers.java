package dev.frontdesk.cache.statistics;

import dev.frontdesk.cache.statistics.CacheStatistics.OfRedis;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.TreeMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.springframework.data.redis.connection.ReactiveRedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What Redis says of itself (INFO); of a Cluster, all masters together that answer. */
@Repository
class RedisNumbers {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 16;

    private static final Pattern DATABASE = Pattern.compile("db\\d+");

    /** {@code keys=12,expires=10,avg_ttl=5}. */
    private static final Pattern KEYS = Pattern.compile("keys=(\\d+).*");

    private final ReactiveStringRedisTemplate redis;
    private final LettuceConnectionFactory connections;

    RedisNumbers(ReactiveStringRedisTemplate redis, LettuceConnectionFactory connections) {
        this.redis = redis;
        this.connections = connections;
    }

    Mono<OfRedis> read() {
        return Flux.fromIterable(infos())
                .flatMap(
                        info -> info.map(Optional::of).timeout(PATIENCE).onErrorResume(_ -> Mono.just(Optional.empty())),
                        AT_ONCE)
                .collectList()
                .map(RedisNumbers::sums);
    }

    /** Of each master with slots. */
    private List<Mono<Properties>> infos() {
        if (!(connections.getRequiredNativeClient() instanceof RedisClusterClient cluster)) {
            return List.of(redis.execute(connection -> connection.serverCommands().info())
                    .next());
        }
        return cluster.getPartitions().stream()
                .filter(node -> node.getRole().isUpstream() && !node.getSlots().isEmpty())
                .map(node -> infoOf(new RedisClusterNode(node.getUri().getHost(), node.getUri().getPort())))
                .toList();
    }

    private Mono<Properties> infoOf(RedisClusterNode node) {
        return redis.execute(connection -> ((ReactiveRedisClusterConnection) connection)
                        .serverCommands()
                        .info(node))
                .next();
    }

    private static OfRedis sums(List<Optional<Properties>> masters) {
        List<Properties> infos = masters.stream().flatMap(Optional::stream).toList();
        return new OfRedis(
                masters.size(),
                masters.size() - infos.size(),
                sum(infos, "used_memory"),
                sum(infos, "maxmemory"),
                sum(infos, "evicted_keys"),
                databases(infos));
    }

    private static long sum(List<Properties> infos, String name) {
        return infos.stream()
                .mapToLong(info -> Long.parseLong(info.getProperty(name, "0").strip()))
                .sum();
    }

    private static Map<String, Long> databases(List<Properties> infos) {
        var databases = new TreeMap<String, Long>();
        for (Properties info : infos) {
            for (String name : info.stringPropertyNames()) {
                var keys = KEYS.matcher(info.getProperty(name));
                if (DATABASE.matcher(name).matches() && keys.matches()) {
                    databases.merge(name, Long.parseLong(keys.group(1)), Long::sum);
                }
            }
        }
        return databases;
    }
}
