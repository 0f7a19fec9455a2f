package dev.frontdesk.cache.locks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;
import reactor.core.publisher.Flux;

/** The keys of this test's key space as they are stored in Redis. */
final class StoredLocks {

    private final ReactiveStringRedisTemplate redis;
    private final String prefix;

    StoredLocks(ReactiveStringRedisTemplate redis, @Value("${FRONTDESK_ENV}") String environment) {
        this.redis = redis;
        this.prefix = "frontdesk:" + environment + ":";
    }

    /** Every key, without the common prefix, and its time to live: zero if it has none. */
    Map<String, Duration> timesToLive() {
        return requireNonNull(keys("*")
                .flatMap(key -> redis.getExpire(key).map(ttl -> Map.entry(key.substring(prefix.length()), ttl)), 8)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .block());
    }

    /** Deletes all locks, indexes and counters. */
    void loseEverything() {
        keys("*:lock*").flatMap(redis::delete, 8).blockLast();
    }

    /** Puts the names in all indexes before the present, as if their locks had expired. */
    void expireIndexedNames() {
        keys("*:lock-index:*")
                .flatMap(
                        index -> redis.opsForZSet()
                                .range(index, Range.unbounded())
                                .flatMap(name -> redis.opsForZSet().add(index, name, 1)),
                        8)
                .blockLast();
    }

    /** Sets the counters that there are. */
    void setFences(long fence) {
        keys("*:lock-fence:*")
                .flatMap(key -> redis.opsForValue().set(key, Long.toString(fence)), 8)
                .blockLast();
    }

    private Flux<String> keys(String pattern) {
        return redis.scan(
                ScanOptions.scanOptions().match(prefix + pattern).count(1000).build());
    }
}
