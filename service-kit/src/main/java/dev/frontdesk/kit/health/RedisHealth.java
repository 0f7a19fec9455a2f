package dev.frontdesk.kit.health;

import dev.frontdesk.contracts.health.ServiceHealth;
import dev.frontdesk.kit.resilience.Outages;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.LongStream;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;

/**
 * Checks Redis through this service's connection, and reports a few numbers of INFO; in a Cluster, all masters
 * together.
 */
public final class RedisHealth implements HealthPart {

    private static final String[] UNITS = {"B", "K", "M", "G", "T"};

    private final ReactiveStringRedisTemplate redis;

    public RedisHealth(ReactiveStringRedisTemplate redis) {
        this.redis = redis;
    }

    @Override
    public String name() {
        return ServiceHealth.REDIS;
    }

    @Override
    public Mono<Map<String, Object>> look() {
        return redis.execute(connection -> connection.serverCommands().info())
                .next()
                .map(RedisHealth::numbers)
                // Redis answers even if the ACL user may not call INFO, so it is up.
                .onErrorResume(error -> !Outages.isBehind(error), _ -> Mono.just(Map.of()));
    }

    private static Map<String, Object> numbers(Properties info) {
        return Map.of(
                "connected_clients", values(info, "connected_clients").sum(),
                "used_memory_human", human(values(info, "used_memory").sum()),
                "uptime_in_seconds", values(info, "uptime_in_seconds").min().orElse(0));
    }

    /** One value, or in a Cluster one from each node: {@code host:port.name}. */
    private static LongStream values(Properties info, String name) {
        return info.stringPropertyNames().stream()
                .filter(key -> key.equals(name) || key.endsWith("." + name))
                .mapToLong(key -> Long.parseLong(info.getProperty(key).strip()));
    }

    /** In the format of Redis: {@code 1.25M}. */
    static String human(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + "B" : String.format(Locale.ROOT, "%.2f%s", size, UNITS[unit]);
    }
}
