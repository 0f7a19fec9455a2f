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
 * Deletes what {@link LoginThrottle} stores about a login name before it expires. Calls may be repeated and come late:
 * failures and devices recorded after the given moment stay.
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

    /**
     * The owner has proved their identity, and must not wait because of earlier guesses by others. The devices stay
     * known.
     */
    public Mono<Void> restart(TenantId tenant, LoginName name, Instant provedAt) {
        return forget(tenant, name, provedAt, KEEPS_DEVICES);
    }

    /** The name has no account any more, or another one: everything stored about it is deleted. */
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
