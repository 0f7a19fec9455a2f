package dev.frontdesk.cache.entries;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The entries of this test's key space as they are stored in Redis. */
public final class StoredEntries {

    /** The score of a name is its second of expiry times this, plus its units. */
    private static final long UNITS = 1 << 21;

    private final ReactiveStringRedisTemplate redis;
    private final String prefix;

    StoredEntries(ReactiveStringRedisTemplate redis, @Value("${FRONTDESK_ENV}") String environment) {
        this.redis = redis;
        this.prefix = "frontdesk:" + environment + ":";
    }

    /** Every key without the common prefix and without its partition, and its time to live: zero if it has none. */
    public Map<String, Duration> timesToLive() {
        return requireNonNull(keys("*")
                .flatMap(
                        key -> remainingMillis(key)
                                // The last millisecond of an entry, or no entry any more.
                                .filter(millis -> millis != 0 && millis != -2)
                                .map(millis -> Map.entry(
                                        withoutPartition(key.substring(prefix.length())),
                                        Duration.ofMillis(Math.max(0, millis)))),
                        8)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .block());
    }

    private Mono<Long> remainingMillis(String key) {
        var name = ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8));
        return redis.execute(connection -> connection.keyCommands().pTtl(name)).next();
    }

    private static String withoutPartition(String key) {
        return key.replaceFirst("\\{p\\d+}:", "");
    }

    Duration timeToLive(String key) {
        return timesToLive().getOrDefault(key, Duration.ZERO);
    }

    /**
     * How many entries there are, and their size.
     *
     * @param units of 16 bytes
     */
    public record Usage(long keys, long units) {

        static final Usage NONE = new Usage(0, 0);

        Usage plus(Usage other) {
            return new Usage(keys + other.keys, units + other.units);
        }
    }

    /** What the scripts have counted for a tenant. */
    public Usage counted(String tenant) {
        return sum(tenant + ":cache-usage:*");
    }

    /** What the scripts have counted for a namespace of a tenant's application. */
    public Usage counted(String tenant, String namespace) {
        return sum(tenant + ":cache-namespace:*:app:" + namespace);
    }

    private Usage sum(String hashes) {
        return requireNonNull(keys(hashes)
                .flatMap(key -> redis.opsForHash().multiGet(key, List.of("keys", "units")), 8)
                .map(fields -> new Usage(number(fields.get(0)), number(fields.get(1))))
                .reduce(Usage.NONE, Usage::plus)
                .block());
    }

    /** The same, from the indexes of all entries. */
    public Usage indexed(String tenant) {
        return requireNonNull(keys(tenant + ":cache-index:*")
                .flatMap(key -> redis.opsForZSet().rangeWithScores(key, Range.unbounded()), 8)
                .map(name -> new Usage(1, requireNonNull(name.getScore()).longValue() % UNITS))
                .reduce(Usage.NONE, Usage::plus)
                .block());
    }

    private Flux<String> keys(String pattern) {
        return redis.scan(
                ScanOptions.scanOptions().match(prefix + pattern).count(1000).build());
    }

    private static long number(@Nullable Object text) {
        return text == null ? 0 : Long.parseLong(text.toString());
    }
}
