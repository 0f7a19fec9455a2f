package dev.frontdesk.registration.profilecache;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The cached profiles in Redis. A copy has the time of the change that made it, and an older copy never replaces a
 * newer one. A change leaves its time behind, so that a reader that read the row before the change can't restore the
 * old copy. Except {@code outdateOrFail} no call fails: a Redis that does not answer is not read for a while, and the
 * cache counts as empty until then.
 */
@Component
final class RedisProfiles {

    private static final Logger log = LoggerFactory.getLogger(RedisProfiles.class);

    private static final LuaScript KEEP = new LuaScript("profilecache/keep_profile");
    private static final LuaScript OUTDATE = LuaScript.alsoWhenFull("profilecache/outdate_profile");
    private static final String PROFILE = "profile";

    private final ReactiveStringRedisTemplate redis;
    private final KeySpace keys;
    private final ProfileCacheProperties properties;
    private final JsonMapper json;
    private final LongSupplier nanoTime = System::nanoTime;
    private final AtomicLong pausedUntil = new AtomicLong(nanoTime.getAsLong());

    RedisProfiles(
            ReactiveStringRedisTemplate redis, KeySpace keys, ProfileCacheProperties properties, JsonMapper json) {
        this.redis = redis;
        this.keys = keys;
        this.properties = properties;
        this.json = json;
    }

    /** Empty when there is no copy, or Redis does not answer. */
    Mono<AccountAnswer> find(TenantId tenant, UUID id) {
        if (isPaused()) {
            return Mono.empty();
        }
        return redis.<String, String>opsForHash()
                .get(key(tenant, id), PROFILE)
                .timeout(properties.answerWithin())
                .onErrorResume(error -> pause("read", id, error))
                .flatMap(this::read);
    }

    /** Empty for a copy written by another version of this service. */
    private Mono<AccountAnswer> read(String copy) {
        try {
            return Mono.just(json.readValue(copy, AccountAnswer.class));
        } catch (JacksonException ofAnotherVersion) {
            return Mono.empty();
        }
    }

    Mono<Void> keep(Account account) {
        if (isPaused()) {
            return Mono.empty();
        }
        return KEEP.run(
                        redis,
                        List.of(key(account.tenant(), account.id())),
                        List.of(
                                millis(account.updatedAt()),
                                json.writeValueAsString(AccountAnswer.of(account)),
                                millis(properties.ttl())))
                .timeout(properties.answerWithin())
                .onErrorResume(error -> pause("kept", account.id(), error))
                .then();
    }

    /** Asks Redis even during a pause: an outdated copy is worse than a slow response. */
    Mono<Void> outdate(TenantId tenant, UUID id, Instant changedAt) {
        return outdateOrFail(tenant, id, changedAt)
                .timeout(properties.answerWithin())
                .onErrorResume(error -> pause("outdated", id, error))
                .then();
    }

    /** The same for callers that can wait until Redis is back. */
    Mono<Void> outdateOrFail(TenantId tenant, UUID id, Instant changedAt) {
        return OUTDATE.run(redis, List.of(key(tenant, id)), List.of(millis(changedAt), millis(properties.mark())))
                .then();
    }

    private boolean isPaused() {
        return nanoTime.getAsLong() - pausedUntil.get() < 0;
    }

    private <T> Mono<T> pause(String what, UUID id, Throwable error) {
        pausedUntil.set(nanoTime.getAsLong() + properties.pause().toNanos());
        return TraceLog.line(
                () -> log.warn("Profile of account {} could not be {} in Redis: {}", id, what, error.toString()));
    }

    private String key(TenantId tenant, UUID id) {
        return keys.key(tenant, "profile", id.toString());
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
