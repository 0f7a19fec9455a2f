package dev.frontdesk.registration.pendingregistrations;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.RedisOutbox;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.web.Problems;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.accounts.AccountProperties;
import dev.frontdesk.registration.accounts.Accounts;
import dev.frontdesk.registration.accounts.AddressTaken;
import dev.frontdesk.registration.codes.VerificationProperties;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Clock;
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
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Stores pending registrations in Redis. Each step is one script, so that it is atomic under concurrent requests and
 * crashes.
 */
@Component
public final class RedisPendingRegistrations implements PendingRegistrations {

    private static final Logger log = LoggerFactory.getLogger(RedisPendingRegistrations.class);

    /** Functions that the scripts call. */
    static final String SIGN_UPS = "pendingregistrations/sign_ups";

    private static final LuaScript REQUEST_CODE = new LuaScript("pendingregistrations/request_code", SIGN_UPS);
    private static final LuaScript VERIFY_CODE = LuaScript.alsoWhenFull("pendingregistrations/verify_code", SIGN_UPS);
    private static final LuaScript RELEASE_CLAIM = LuaScript.alsoWhenFull("pendingregistrations/release_claim");
    private static final LuaScript DROP_PENDING = LuaScript.alsoWhenFull("pendingregistrations/drop_pending", SIGN_UPS);

    /** More than the clocks of instances differ. A request older than this has waited in a frozen Redis. */
    private static final Duration LATE = Duration.ofMillis(500);

    private final ReactiveStringRedisTemplate redis;
    private final RedisBreaker breaker;
    private final VerificationKeys keys;
    private final RedisOutbox outbox;
    private final VerificationProperties limits;
    private final Accounts accounts;
    private final Clock clock;

    RedisPendingRegistrations(
            ReactiveStringRedisTemplate redis,
            RedisBreaker breaker,
            KeySpace keys,
            RedisOutbox outbox,
            VerificationProperties limits,
            Accounts accounts,
            AccountProperties timeouts,
            Clock clock) {
        limits.requireClaimLongerThan(timeouts.writeTimeout());
        this.redis = redis;
        this.breaker = breaker;
        this.keys = new VerificationKeys(keys);
        this.outbox = outbox;
        this.limits = limits;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public Mono<Void> check(CodeRequest request) {
        return breaker.guard(redis.opsForZSet()
                        .rangeWithScores(keys.requests(request.tenant(), request.email()), Range.unbounded())
                        .map(RedisPendingRegistrations::counted)
                        .collectList())
                .doOnNext(earlier -> RequestedCode.count(earlier, request, limits))
                .then();
    }

    private static RequestedCode counted(TypedTuple<String> entry) {
        double at = requireNonNull(entry.getScore());
        return RequestedCode.parse(requireNonNull(entry.getValue()), Instant.ofEpochMilli((long) at));
    }

    @Override
    public Mono<Void> save(CodeRequest request, VerificationMessage verificationMessage) {
        TenantId tenant = request.tenant();
        EmailAddress email = request.email();
        Partition partition = VerificationKeys.partition(tenant, email);
        UUID registrationId = verificationMessage instanceof VerificationMessage.Code code
                ? code.registration().id()
                : request.id();
        var scriptKeys = List.of(
                keys.pending(tenant, email),
                keys.requests(tenant, email),
                keys.id(tenant, partition, registrationId),
                keys.index(tenant, partition),
                keys.indexOfAll(partition),
                outbox.streamKey(partition));
        return breaker.guard(REQUEST_CODE.run(redis, scriptKeys, args(request, verificationMessage, partition)))
                .flatMap(RedisPendingRegistrations::saved);
    }

    private List<String> args(CodeRequest request, VerificationMessage verificationMessage, Partition partition) {
        String addressHash = request.email().hash();
        var args = new ArrayList<>(List.of(
                millis(request.at()),
                request.id().toString(),
                request.kind().counted(),
                request.client(),
                Integer.toString(limits.codesPerDay()),
                Integer.toString(limits.codesPerClient()),
                // A promised resend must not be delayed any further.
                request.kind() == CodeRequest.Kind.PROMISED_RESEND ? "0" : millis(limits.resendWait()),
                millis(VerificationProperties.DAY),
                millis(limits.pendingTtl())));
        args.addAll(List.of(Integer.toString(limits.signUpsAtOnce()), millis(limits.codeTtl()), millis(LATE)));
        args.addAll(
                switch (verificationMessage) {
                    case VerificationMessage.Code code -> List.of(code.event(), code.repeatedEvent());
                    case VerificationMessage.Notice notice -> List.of(notice.event(), notice.event());
                    case VerificationMessage.None _ -> List.of("", "");
                });
        args.addAll(List.of(
                outbox.wakeChannel(),
                Integer.toString(partition.number()),
                addressHash,
                VerificationKeys.memberOfAll(request.tenant(), addressHash)));
        if (verificationMessage instanceof VerificationMessage.Code code) {
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
                Mono.error(new CodeLimitExceeded(
                        reply.get(1), Integer.parseInt(reply.get(2)), Duration.ofMillis(Long.parseLong(reply.get(3)))));
            case "changed" -> Mono.error(new Replaced());
            // The client of a late request no longer waits. If it still does, the clocks of two instances differ too
            // much.
            default -> Mono.error(Problems.unavailable());
        };
    }

    @Override
    public Mono<PendingAddress> find(TenantId tenant, EmailAddress email, Instant now) {
        return breaker.guard(redis.<String, String>opsForHash()
                        .entries(keys.pending(tenant, email))
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue))
                .map(fields -> PendingAddress.read(tenant, fields).at(now))
                .filter(address -> !address.isEmpty());
    }

    /** Both commands share the time limit of one. */
    @Override
    public Mono<Void> renew(
            CodeRequest request, Function<Optional<PendingRegistration>, Mono<VerificationMessage>> write) {
        return breaker.inTime(PendingRegistrations.super.renew(request, write));
    }

    @Override
    public Mono<Account> prove(
            TenantId tenant,
            EmailAddress email,
            String codeHmac,
            Instant now,
            Function<VerifiedCode, Mono<Account>> decide) {
        return prove(tenant, email, codeHmac, now, decide, breaker.timeout());
    }

    /** @param within how much of the request's time Redis may use */
    Mono<Account> prove(
            TenantId tenant,
            EmailAddress email,
            String codeHmac,
            Instant now,
            Function<VerifiedCode, Mono<Account>> decide,
            Duration within) {
        return claim(tenant, email, codeHmac, now, within).elapsed().flatMap(timed -> {
            ActivationLock activationLock = timed.getT2();
            // With a slow Redis, the request waits for one command at most, not for two.
            Duration left = within.minusMillis(timed.getT1());
            return decide.apply(activationLock.code())
                    .flatMap(accounts::open)
                    .onErrorResume(
                            error -> atMost(left, giveUp(activationLock, error)).then(Mono.error(error)))
                    .delayUntil(_ -> atMost(left, drop(activationLock.code())));
        });
    }

    private static Mono<Void> atMost(Duration within, Mono<Void> command) {
        return Mono.defer(() -> {
            Mono<Void> sent = command.cache();
            sent.subscribe();
            return within.isPositive() ? sent.timeout(within, Mono.empty()) : Mono.empty();
        });
    }

    /** Keeps the code usable when the database is down. */
    private Mono<Void> giveUp(ActivationLock activationLock, Throwable error) {
        var registration = activationLock.code().registration();
        return error instanceof AddressTaken
                ? drop(activationLock.code())
                : release(registration.tenant(), registration.email(), activationLock.name());
    }

    private Mono<ActivationLock> claim(
            TenantId tenant, EmailAddress email, String codeHmac, Instant now, Duration within) {
        String name = UUID.randomUUID().toString();
        var args = List.of(
                codeHmac,
                millis(now),
                Integer.toString(limits.attemptsPerCode()),
                Integer.toString(limits.attemptsPerAddress()),
                name,
                millis(limits.claim()),
                millis(VerificationProperties.DAY));
        return breaker.inTime(within, breaker.guard(VERIFY_CODE.run(redis, List.of(keys.pending(tenant, email)), args)))
                // The claim may have been granted although its reply was lost. No request waits for this release: a
                // frozen Redis reads both commands when it continues.
                .doOnEach(signal -> {
                    Throwable lost = signal.getThrowable();
                    if (lost != null && !(lost.getCause() instanceof CallNotPermittedException)) {
                        release(tenant, email, name)
                                .contextWrite(signal.getContextView())
                                .subscribe();
                    }
                })
                .map(reply -> switch (reply.getFirst()) {
                    case "granted" -> new ActivationLock(name, proved(tenant, reply, now));
                    case "claimed" -> throw new CodeInUse();
                    default -> throw new WrongVerificationCode();
                });
    }

    /** Never fails: a claim that can't be released expires within seconds. */
    private Mono<Void> release(TenantId tenant, EmailAddress email, String activationLock) {
        return RELEASE_CLAIM
                .run(redis, List.of(keys.pending(tenant, email)), List.of(activationLock))
                .then()
                .onErrorResume(error -> TraceLog.line(() ->
                        log.warn("Claim of {} could not be released and will expire: {}", email, error.toString())));
    }

    private static VerifiedCode proved(TenantId tenant, List<String> reply, Instant now) {
        var address = PendingAddress.read(tenant, fields(reply)).at(now);
        return VerifiedCode.of(
                address.signUp(UUID.fromString(reply.get(1))).orElseThrow(), address, !address.contested());
    }

    /** Never fails: remaining sign-ups expire, and their code leads to the existing account. */
    private Mono<Void> drop(VerifiedCode code) {
        var registration = code.registration();
        var ids = code.all().map(PendingRegistration::id).toList();
        return drop(registration.tenant(), registration.email(), ids)
                .then()
                .onErrorResume(error -> TraceLog.line(
                        () -> log.warn("{} could not be deleted and will expire: {}", registration, error.toString())));
    }

    /** @return whether at least one of them existed */
    Mono<Boolean> drop(TenantId tenant, EmailAddress email, List<UUID> registrationIds) {
        Partition partition = VerificationKeys.partition(tenant, email);
        var scriptKeys = new ArrayList<>(
                List.of(keys.pending(tenant, email), keys.index(tenant, partition), keys.indexOfAll(partition)));
        var args = new ArrayList<>(List.of(
                millis(clock.instant()),
                email.hash(),
                VerificationKeys.memberOfAll(tenant, email.hash()),
                // As long as its code could still be used.
                millis(limits.codeTtl())));
        registrationIds.forEach(id -> {
            scriptKeys.add(keys.id(tenant, partition, id));
            args.add(id.toString());
        });
        return breaker.guard(DROP_PENDING.run(redis, scriptKeys, args))
                .map(reply -> reply.getFirst().equals("dropped"));
    }

    private static Map<String, String> fields(List<String> reply) {
        var fields = new HashMap<String, String>();
        for (int i = 2; i < reply.size(); i += 2) {
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
