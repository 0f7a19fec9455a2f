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
 * In Redis, and while that is away in PostgreSQL. What PostgreSQL keeps for an address is handed to Redis before Redis is
 * asked about it, so there is one truth for each address: the row where there is one, and Redis otherwise.
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

    /** Where neither answers, {@link #save} decides. */
    @Override
    public Mono<Void> check(CodeRequest request) {
        return redis.check(request)
                .onErrorResume(RedisAway.class, _ -> postgres.check(request))
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

    /** The same request, with the same code and event, goes to both when the first does not answer and may have done it. */
    private Mono<Void> inOne(CodeRequest request, Function<PendingRegistrations, Mono<Void>> work) {
        return handedOver(
                        postgres.has(request.tenant(), request.email()).timeout(breaker.timeout()),
                        request.tenant(),
                        request.email())
                // Without PostgreSQL there is Redis alone, and what it has not heard of waits.
                .onErrorResume(
                        error -> !(error instanceof RedisAway) && Outages.isBehind(error),
                        _ -> Mono.just(breaker.timeout()))
                .flatMap(left -> breaker.inTime(left, work.apply(redis)))
                .onErrorResume(RedisAway.class, _ -> work.apply(postgres));
    }

    @Override
    public Mono<PendingAddress> find(TenantId tenant, EmailAddress email, Instant now) {
        return handedOver(postgres.has(tenant, email), tenant, email)
                .flatMap(left -> breaker.inTime(left, redis.find(tenant, email, now)))
                .onErrorResume(RedisAway.class, _ -> postgres.find(tenant, email, now));
    }

    /** PostgreSQL is asked first: when it is away no account can be opened, and no code is touched. */
    @Override
    public Mono<Account> prove(
            TenantId tenant,
            EmailAddress email,
            String codeHmac,
            Instant now,
            Function<VerifiedCode, Mono<Account>> decide) {
        return handedOver(postgres.has(tenant, email), tenant, email)
                .flatMap(left -> redis.prove(tenant, email, codeHmac, now, decide, left))
                // What is in Redis alone can't be judged now, so nothing is said of a code that is not known here.
                .onErrorResume(
                        RedisAway.class,
                        away -> postgres.knows(tenant, email, now)
                                .flatMap(known -> known
                                        ? postgres.prove(tenant, email, codeHmac, now, decide)
                                        : Mono.error(away)));
    }

    /**
     * @return what is left of the time that the request may wait for Redis; an error of {@link RedisAway} when there is
     *     something to hand over and nobody to take it
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
