package dev.frontdesk.registration.verification;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.addresses.EmailAddress;
import dev.frontdesk.kit.outbox.RedisOutbox;
import dev.frontdesk.kit.problem.Problems;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.registration.accounts.AddressTaken;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** In Redis. Each step is one script, so that two at once, or a crash between, leave nothing half done. */
@Component
final class RedisPendingRegistrations implements PendingRegistrations {

    private static final Logger log = LoggerFactory.getLogger(RedisPendingRegistrations.class);

    private static final LuaScript REQUEST_CODE = new LuaScript("verification/request_code");
    private static final LuaScript VERIFY_CODE = new LuaScript("verification/verify_code");
    private static final LuaScript RELEASE_CLAIM = new LuaScript("verification/release_claim");
    private static final LuaScript DROP_PENDING = new LuaScript("verification/drop_pending");

    /** Beyond what clocks of instances differ: a request that is older than this has waited in a frozen Redis. */
    private static final Duration LATE = Duration.ofMillis(500);

    private final ReactiveStringRedisTemplate redis;
    private final RedisBreaker breaker;
    private final VerificationKeys keys;
    private final RedisOutbox outbox;
    private final VerificationProperties limits;

    RedisPendingRegistrations(
            ReactiveStringRedisTemplate redis,
            RedisBreaker breaker,
            KeySpace keys,
            RedisOutbox outbox,
            VerificationProperties limits) {
        this.redis = redis;
        this.breaker = breaker;
        this.keys = new VerificationKeys(keys);
        this.outbox = outbox;
        this.limits = limits;
    }

    @Override
    public Mono<Void> save(CodeRequest request, Letter letter) {
        TenantId tenant = request.tenant();
        EmailAddress email = request.email();
        Partition partition = VerificationKeys.partition(tenant, email);
        UUID registrationId =
                letter instanceof Letter.Code code ? code.registration().id() : request.id();
        var scriptKeys = List.of(
                keys.pending(tenant, email),
                keys.requests(tenant, email),
                keys.id(tenant, partition, registrationId),
                keys.index(tenant, partition),
                keys.indexOfAll(partition),
                outbox.streamKey(partition));
        return breaker.guard(REQUEST_CODE.run(redis, scriptKeys, args(request, letter, partition)))
                .flatMap(RedisPendingRegistrations::saved);
    }

    private List<String> args(CodeRequest request, Letter letter, Partition partition) {
        String addressHash = request.email().hash();
        var args = new ArrayList<>(List.of(
                millis(request.at()),
                request.id().toString(),
                request.kind().counted(),
                Integer.toString(limits.codesPerDay()),
                Integer.toString(limits.resendsPerDay()),
                // What was promised is not put off any more.
                request.kind() == CodeRequest.Kind.PROMISED_RESEND ? "0" : millis(limits.resendWait()),
                millis(VerificationProperties.DAY),
                millis(limits.pendingTtl()),
                millis(LATE)));
        args.addAll(List.of(
                switch (letter) {
                    case Letter.Code code -> code.event();
                    case Letter.Notice notice -> notice.event();
                    case Letter.None _ -> "";
                },
                outbox.wakeChannel(),
                Integer.toString(partition.number()),
                addressHash,
                VerificationKeys.memberOfAll(request.tenant(), addressHash)));
        if (letter instanceof Letter.Code code) {
            args.add(code.registration().id().toString());
            args.addAll(List.of("code", code.hmac(), "code_expires_at", millis(code.expiresAt())));
            args.addAll(request.renews() ? List.of() : code.registration().fields());
        } else {
            args.add("");
        }
        return args;
    }

    private static Mono<Void> saved(List<String> reply) {
        return switch (reply.getFirst()) {
            case "saved" -> Mono.empty();
            case "too_many" ->
                Mono.error(new TooManyCodes(
                        reply.get(1), Integer.parseInt(reply.get(2)), Duration.ofMillis(Long.parseLong(reply.get(3)))));
            case "changed" -> Mono.error(new Replaced());
            // Nobody waits for a late one any more; if somebody does, the clocks of two instances are far apart.
            default -> Mono.error(Problems.unavailable());
        };
    }

    @Override
    public Mono<PendingRegistration> find(TenantId tenant, EmailAddress email, Instant now) {
        return breaker.guard(redis.<String, String>opsForHash()
                        .entries(keys.pending(tenant, email))
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue))
                .filter(fields -> fields.containsKey("code")
                        && now.toEpochMilli()
                                < Long.parseLong(fields.getOrDefault("expires_at", String.valueOf(Long.MAX_VALUE))))
                .map(fields -> PendingRegistration.read(tenant, fields));
    }

    /** Two commands in the time of one. */
    @Override
    public Mono<Void> renew(CodeRequest request, Function<Optional<PendingRegistration>, Mono<Letter>> write) {
        return breaker.inTime(PendingRegistrations.super.renew(request, write));
    }

    @Override
    public <T> Mono<T> prove(
            TenantId tenant,
            EmailAddress email,
            String codeHmac,
            Instant now,
            Function<PendingRegistration, Mono<T>> open) {
        return prove(tenant, email, codeHmac, now, open, breaker.timeout());
    }

    /** @param within what Redis may take of the time of the request */
    <T> Mono<T> prove(
            TenantId tenant,
            EmailAddress email,
            String codeHmac,
            Instant now,
            Function<PendingRegistration, Mono<T>> open,
            Duration within) {
        return claim(tenant, email, codeHmac, now, within).elapsed().flatMap(timed -> {
            Claim claim = timed.getT2();
            // A slow Redis makes a request wait for one command, not for two.
            Duration left = within.minusMillis(timed.getT1());
            return open.apply(claim.registration())
                    .onErrorResume(error -> atMost(left, giveUp(claim, error)).then(Mono.error(error)))
                    .delayUntil(_ -> atMost(left, drop(claim.registration())));
        });
    }

    private static Mono<Void> atMost(Duration within, Mono<Void> command) {
        return Mono.defer(() -> {
            Mono<Void> sent = command.cache();
            sent.subscribe();
            return within.isPositive() ? sent.timeout(within, Mono.empty()) : Mono.empty();
        });
    }

    /** A database that is away leaves the code usable. */
    private Mono<Void> giveUp(Claim claim, Throwable error) {
        var registration = claim.registration();
        return error instanceof AddressTaken
                ? drop(registration)
                : release(registration.tenant(), registration.email(), claim.name());
    }

    private Mono<Claim> claim(TenantId tenant, EmailAddress email, String codeHmac, Instant now, Duration within) {
        String name = UUID.randomUUID().toString();
        var args = List.of(
                codeHmac,
                millis(now),
                Integer.toString(limits.attemptsPerCode()),
                Integer.toString(limits.attemptsPerRegistration()),
                name,
                millis(limits.claim()));
        return breaker.inTime(within, breaker.guard(VERIFY_CODE.run(redis, List.of(keys.pending(tenant, email)), args)))
                // The claim may have been granted to a reply that nobody read. Nobody waits for this to be mended: a
                // frozen
                // Redis reads both when it goes on.
                .doOnError(
                        lost -> !(lost.getCause() instanceof CallNotPermittedException),
                        _ -> release(tenant, email, name).subscribe())
                .map(reply -> switch (reply.getFirst()) {
                    case "granted" -> new Claim(name, PendingRegistration.read(tenant, fields(reply)));
                    case "claimed" -> throw new CodeInUse();
                    default -> throw new WrongVerificationCode();
                });
    }

    /** Never fails: a claim that can't be given up ends by itself in seconds. */
    private Mono<Void> release(TenantId tenant, EmailAddress email, String claim) {
        return RELEASE_CLAIM
                .run(redis, List.of(keys.pending(tenant, email)), List.of(claim))
                .then()
                .onErrorResume(error -> {
                    log.warn("A claim of {} could not be released and will lapse: {}", email, error.toString());
                    return Mono.empty();
                });
    }

    /** Never fails: what stays expires, and its code leads to the account that exists. */
    private Mono<Void> drop(PendingRegistration registration) {
        return drop(registration.tenant(), registration.email(), registration.id())
                .then()
                .onErrorResume(error -> {
                    log.warn("{} could not be dropped and will expire: {}", registration, error.toString());
                    return Mono.empty();
                });
    }

    /** @return whether it was there */
    Mono<Boolean> drop(TenantId tenant, EmailAddress email, UUID registrationId) {
        Partition partition = VerificationKeys.partition(tenant, email);
        var scriptKeys = List.of(
                keys.pending(tenant, email),
                keys.id(tenant, partition, registrationId),
                keys.index(tenant, partition),
                keys.indexOfAll(partition));
        var args = List.of(
                registrationId.toString(),
                email.hash(),
                VerificationKeys.memberOfAll(tenant, email.hash()),
                // For as long as its code could still be used.
                millis(limits.codeTtl()));
        return breaker.guard(DROP_PENDING.run(redis, scriptKeys, args))
                .map(reply -> reply.getFirst().equals("dropped"));
    }

    private static Map<String, String> fields(List<String> reply) {
        var fields = new HashMap<String, String>();
        for (int i = 1; i < reply.size(); i += 2) {
            fields.put(reply.get(i), reply.get(i + 1));
        }
        return fields;
    }

    private static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
