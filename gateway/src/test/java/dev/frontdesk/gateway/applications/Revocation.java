package dev.frontdesk.gateway.applications;

import dev.frontdesk.kit.identity.SessionSignal;
import dev.frontdesk.kit.identity.SessionSignal.Kind;
import dev.frontdesk.kit.redis.KeySpace;
import java.time.Duration;
import java.util.UUID;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** Tells gateways that a session was revoked, as session-service's script does. */
final class Revocation {

    private final ReactiveStringRedisTemplate redis;
    private final KeySpace keys;

    Revocation(ReactiveStringRedisTemplate redis, KeySpace keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** Waits until a gateway has received it. */
    void of(UUID session) {
        var signal = new SessionSignal(Kind.REVOKED, session);
        redis.convertAndSend(SessionSignal.channel(keys), signal.message())
                .repeat()
                .takeUntil(heard -> heard > 0)
                .blockLast(Duration.ofSeconds(60));
    }
}
