package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.values.EmailAddress;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Removes pending sign-ups of an address that already has an account. They were accepted while the account could not be
 * looked up, and are deleted together with the account.
 */
@Component
public final class ObsoleteSignUps {

    private static final Logger log = LoggerFactory.getLogger(ObsoleteSignUps.class);

    private final PendingRegistrations pending;
    private final RedisPendingRegistrations redis;
    private final Clock clock;

    ObsoleteSignUps(PendingRegistrations pending, RedisPendingRegistrations redis, Clock clock) {
        this.pending = pending;
        this.redis = redis;
        this.clock = clock;
    }

    /** Never fails: sign-ups that remain because Redis is down expire within a day. */
    public Mono<Void> forget(TenantId tenant, EmailAddress email) {
        return pending.find(tenant, email, clock.instant())
                .flatMap(found -> redis.drop(
                        tenant,
                        email,
                        found.signUps().stream()
                                .map(signUp -> signUp.registration().id())
                                .toList()))
                .then()
                .onErrorResume(error -> TraceLog.line(() -> log.warn(
                        "Obsolete sign-ups of {} were not deleted and will expire: {}", email, error.toString())));
    }
}
