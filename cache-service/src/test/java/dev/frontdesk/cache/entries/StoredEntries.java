package dev.frontdesk.cache.entries;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;

/** The entries of this test's key space as they are stored in Redis. */
final class StoredEntries {

    private final ReactiveStringRedisTemplate redis;
    private final String prefix;

    StoredEntries(ReactiveStringRedisTemplate redis, @Value("${FRONTDESK_ENV}") String environment) {
        this.redis = redis;
        this.prefix = "frontdesk:" + environment + ":";
    }

    /** Every key without the common prefix and without its partition, and its time to live: zero if it has none. */
    Map<String, Duration> timesToLive() {
        var options = ScanOptions.scanOptions().match(prefix + "*").count(1000).build();
        return requireNonNull(redis.scan(options)
                .flatMap(
                        key -> redis.getExpire(key)
                                .map(ttl -> Map.entry(withoutPartition(key.substring(prefix.length())), ttl)),
                        8)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .block());
    }

    private static String withoutPartition(String key) {
        return key.replaceFirst("\\{p\\d+}:", "");
    }

    Duration timeToLive(String key) {
        return timesToLive().getOrDefault(key, Duration.ZERO);
    }
}
