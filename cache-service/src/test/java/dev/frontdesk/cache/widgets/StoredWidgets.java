package dev.frontdesk.cache.widgets;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;
import reactor.core.publisher.Flux;

/** The widgets of this test's key space as they are stored in Redis. */
final class StoredWidgets {

    private final ReactiveStringRedisTemplate redis;
    private final String prefix;

    StoredWidgets(ReactiveStringRedisTemplate redis, @Value("${FRONTDESK_ENV}") String environment) {
        this.redis = redis;
        this.prefix = "frontdesk:" + environment + ":";
    }

    /** The keys that contain this text, without the common prefix and without their partitions. */
    List<String> keys(String text) {
        return requireNonNull(find(text)
                .map(key -> key.substring(prefix.length()).replaceFirst("\\{p\\d+}:", ""))
                .collectList()
                .block());
    }

    /** Of the one entry whose key contains this text. */
    Duration timeToLive(String text) {
        return requireNonNull(
                find(text).single().flatMap(redis::getExpire).block());
    }

    void expiresIn(String text, Duration ttl) {
        find(text).single().flatMap(key -> redis.expire(key, ttl)).block();
    }

    private Flux<String> find(String text) {
        return redis.scan(ScanOptions.scanOptions()
                .match(prefix + "*:cache:*" + text + "*")
                .count(1000)
                .build());
    }
}
