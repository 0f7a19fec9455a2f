package dev.frontdesk.registration.apikeys;

import dev.frontdesk.kit.apikeys.ApiKeyCopy;
import dev.frontdesk.kit.apikeys.ApiKeySignal;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Writes the copies of keys in Redis and signals their changes to the gateways. An older version never replaces a newer
 * one. A revoked key has a copy too, so that a late writer of an older version can't bring it back.
 */
@Component
final class ApiKeyCopies {

    private static final Logger log = LoggerFactory.getLogger(ApiKeyCopies.class);

    /** Much longer than {@link ApiKeyCopying} needs to write it again. */
    private static final Duration TTL = Duration.ofDays(7);

    private static final LuaScript STORE_NEW = new LuaScript("apikeys/store_copy");
    private static final LuaScript STORE_CHANGED = LuaScript.alsoWhenFull("apikeys/store_copy");

    private final ReactiveStringRedisTemplate redis;
    private final KeySpace keys;
    private final Duration timeout;
    private final AtomicBoolean failing = new AtomicBoolean();

    ApiKeyCopies(
            ReactiveStringRedisTemplate redis, KeySpace keys, @Value("${spring.data.redis.timeout}") Duration timeout) {
        this.redis = redis;
        this.keys = keys;
        this.timeout = timeout;
    }

    /** Call it after the transaction. Never fails: {@link ApiKeyCopying} writes the copy later, and there is the event. */
    Mono<Void> store(ApiKey key) {
        return storeOrFail(key)
                .doOnSuccess(_ -> {
                    if (failing.compareAndSet(true, false)) {
                        log.info("Copies of API keys are written to Redis again");
                    }
                })
                .onErrorResume(error -> {
                    if (failing.compareAndSet(false, true)) {
                        log.warn("Copies of API keys are not written to Redis for now: {}", error.toString());
                    }
                    return Mono.empty();
                });
    }

    Mono<Void> storeOrFail(ApiKey key) {
        var script = key.version() == 1 ? STORE_NEW : STORE_CHANGED;
        return script.run(
                        redis,
                        List.of(ApiKeyCopy.key(keys, key.id())),
                        List.of(
                                Long.toString(key.version()),
                                ApiKeyCopy.write(key.forGateways()),
                                Long.toString(TTL.toMillis()),
                                ApiKeySignal.channel(keys),
                                new ApiKeySignal(key.id(), key.version()).message()))
                .timeout(timeout)
                .then();
    }
}
