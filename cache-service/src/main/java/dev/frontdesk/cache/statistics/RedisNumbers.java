package dev.frontdesk.cache.statistics;

import dev.frontdesk.cache.statistics.CacheStatistics.OfRedis;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What Redis says of itself (INFO); of a Cluster, all masters together. */
@Repository
class RedisNumbers {

    /** {@code keys=12,expires=10,avg_ttl=5}; the name is {@code db0}, in a Cluster {@code host:port.db0}. */
    private static final Pattern DATABASE = Pattern.compile("(?:.*\\.)?(db\\d+)");

    private static final Pattern KEYS = Pattern.compile("keys=(\\d+).*");

    private final ReactiveStringRedisTemplate redis;

    RedisNumbers(ReactiveStringRedisTemplate redis) {
        this.redis = redis;
    }

    Mono<OfRedis> read() {
        return redis.execute(connection -> connection.serverCommands().info())
                .next()
                .map(RedisNumbers::numbers);
    }

    private static OfRedis numbers(Properties info) {
        return new OfRedis(
                sum(info, "used_memory"), sum(info, "maxmemory"), sum(info, "evicted_keys"), databases(info));
    }

    private static long sum(Properties info, String name) {
        return info.stringPropertyNames().stream()
                .filter(key -> key.equals(name) || key.endsWith("." + name))
                .mapToLong(key -> Long.parseLong(info.getProperty(key).strip()))
                .sum();
    }

    private static Map<String, Long> databases(Properties info) {
        var databases = new TreeMap<String, Long>();
        for (String name : info.stringPropertyNames()) {
            var database = DATABASE.matcher(name);
            var keys = KEYS.matcher(info.getProperty(name));
            if (database.matches() && keys.matches()) {
                databases.merge(database.group(1), Long.parseLong(keys.group(1)), Long::sum);
            }
        }
        return databases;
    }
}
