package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.accounts.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Stores pending registrations in Redis, and in PostgreSQL while Redis is down. Entries in PostgreSQL are handed over
 * to Redis before Redis is asked about their address. So each address has one source of truth: its row if there is one,
 * Redis otherwise.
 */
@Primary
@Component
final class PendingRegistrationsWithFallback implements PendingRegistrations {

    private final RedisPendingRegistrations redis;
    private final PostgresPendingRegistrations postgres;
    private final RedisHandover redisHandover;
    private final RedisBreaker breaker;

    PendingRegistrationsWithFallback(
            RedisPendingRegistrations redis,
            PostgresPendingRegistrations postgres,
            RedisHandover redisHandover,
            RedisBreaker breaker) {
        this.redis = redis;
        this.postgres = postgres;
        this.redisHandover = redisHandover;
        this.breaker = breaker;
    }

    /** If neither store answers, {@link #save} decides. */
    @Override
    public Mono<Void> check(CodeRequest request) {
        return redis.check(request)
                .onErrorResume(RedisUnavailable.class, _ -> postgres.check(request))
                .onErrorResume(Outages::isBehind, _ -> Mono.empty());
    }

    @Override
    public Mono<Void> save(CodeRequest request, VerificationMessage verificationMessage) {
        return inOne(request, store -> store.save(request, verificationMessage));
    }

    @Override
    public Mono<Void> renew(
            CodeRequest request, Function<Optional<PendingRegistration>, Mono<VerificationMessage>> write) {
        return inOne(request, store -> store.renew(request, write));
    }

    /**
     * If Redis does not answer, it may still have done the work. So PostgreSQL gets the same request, with the same
     * code and event.
     */
    private Mono<Void> inOne(CodeRequest request, Function<PendingRegistrations, Mono<Void>> work) {
        return handedOver(
                        postgres.has(request.tenant(), request.email()).timeout(breaker.timeout()),
                        request.tenant(),
                        request.email())
                // Without PostgreSQL only Redis is left; entries not yet handed over have to wait.
                .onErrorResume(
                        error -> !(error instanceof RedisUnavailable) && Outages.isBehind(error),
                        _ -> Mono.just(breaker.timeout()))
                .flatMap(left -> breaker.inTime(left, work.apply(redis)))
                .onErrorResume(RedisUnavailable.class, _ -> work.apply(postgres));
    }

    @Override
    public Mono<PendingAddress> find(TenantId tenant, EmailAddress email, Instant now) {
        return handedOver(postgres.has(tenant, email), tenant, email)
                .flatMap(left -> breaker.inTime(left, redis.find(tenant, email, now)))
                .onErrorResume(RedisUnavailable.class, _ -> postgres.find(tenant, email, now));
    }

    /** Asks PostgreSQL first: while it is down no account can be opened, and the code is left untouched. */
    @Override
    public Mono<Account> prove(
            TenantId tenant,
            EmailAddress email,
            String codeHmac,
            Instant now,
            Function<VerifiedCode, Mono<Account>> decide) {
        return handedOver(postgres.has(tenant, email), tenant, email)
                .flatMap(left -> redis.prove(tenant, email, codeHmac, now, decide, left))
                // Sign-ups that are only in Redis can't be checked now. For a code unknown to PostgreSQL, report the
                // outage and do not call the code wrong.
                .onErrorResume(
                        RedisUnavailable.class,
                        away -> postgres.knows(tenant, email, now)
                                .flatMap(known -> known
                                        ? postgres.prove(tenant, email, codeHmac, now, decide)
                                        : Mono.error(away)));
    }

    /**
     * @return the remaining time that the request may wait for Redis; fails with {@link RedisUnavailable} when an entry must
     *     be handed over and Redis is down
     */
    private Mono<Duration> handedOver(Mono<Boolean> isThere, TenantId tenant, EmailAddress email) {
        return isThere.flatMap(has -> has
                ? redisHandover
                        .of(tenant, email)
                        .thenReturn(true)
                        .elapsed()
                        .map(timed -> breaker.timeout().minusMillis(timed.getT1()))
                : Mono.just(breaker.timeout()));
    }
}
