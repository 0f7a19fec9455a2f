package dev.frontdesk.session.throttle;

import static dev.frontdesk.session.throttle.ThrottleProperties.millis;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import java.time.Instant;
import java.util.List;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * What {@link LoginThrottle} remembers of a login name, and when that ends before its time. May be repeated and come late:
 * what was counted or became known after the moment that is told stays.
 */
@Component
public class LoginNameHistory {

    private static final LuaScript FORGET = LuaScript.alsoWhenFull("throttle/forget_name");
    private static final String KEEPS_DEVICES = "";

    private final ReactiveStringRedisTemplate redis;
    private final ThrottleKeys keys;
    private final ThrottleProperties limits;

    LoginNameHistory(ReactiveStringRedisTemplate redis, KeySpace keys, ThrottleProperties limits) {
        this.redis = redis;
        this.keys = new ThrottleKeys(keys);
        this.limits = limits;
    }

    /** The owner has proved to be it: does not wait for what others have guessed until then. The devices stay known. */
    public Mono<Void> restart(TenantId tenant, LoginName name, Instant provedAt) {
        return forget(tenant, name, provedAt, KEEPS_DEVICES);
    }

    /** The name has no account any more, or another one: nothing of it is left. */
    public Mono<Void> forget(TenantId tenant, LoginName name, Instant until) {
        return forget(tenant, name, until, millis(limits.devices().knownFor()));
    }

    private Mono<Void> forget(TenantId tenant, LoginName name, Instant until, String devices) {
        return FORGET.run(
                        redis,
                        List.of(keys.failuresOfName(tenant, name), keys.devicesOf(tenant, name)),
                        List.of(Long.toString(until.toEpochMilli()), keys.failuresOfDevices(tenant, name), devices))
                .then();
    }
}
