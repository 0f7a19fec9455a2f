package dev.frontdesk.registration.verification;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.outbox.RedisOutbox;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.registration.addresses.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * All pending registrations, in Redis, with the events that they cause. Each step is one script, so that two at once, or
 * a crash between, leave nothing half done.
 */
@Component
final class PendingRegistrations {

    private static final Logger log = LoggerFactory.getLogger(PendingRegistrations.class);

    private static final LuaScript SAVE_PENDING = new LuaScript("verification/save_pending");
    private static final LuaScript TELL_OWNER = new LuaScript("verification/tell_owner");
    private static final LuaScript VERIFY_CODE = new LuaScript("verification/verify_code");
    private static final LuaScript RELEASE_CLAIM = new LuaScript("verification/release_claim");
    private static final LuaScript DROP_PENDING = new LuaScript("verification/drop_pending");

    private static final Duration DAY = Duration.ofDays(1);

    private final ReactiveStringRedisTemplate redis;
    private final VerificationKeys keys;
    private final RedisOutbox outbox;
    private final VerificationProperties limits;

    PendingRegistrations(
            ReactiveStringRedisTemplate redis, KeySpace keys, RedisOutbox outbox, VerificationProperties limits) {
        this.redis = redis;
        this.keys = new VerificationKeys(keys);
        this.outbox = outbox;
        this.limits = limits;
    }

    /** @return an error of {@link TooManyCodes}, with nothing saved, when the address has had its codes of the day */
    Mono<Void> save(PendingRegistration registration, String codeHmac, Instant codeExpiresAt, String event) {
        TenantId tenant = registration.tenant();
        EmailAddress email = registration.email();
        Partition partition = VerificationKeys.partition(tenant, email);
        var args = new ArrayList<>(List.of(
                Integer.toString(limits.codesPerDay()),
                millis(DAY),
                millis(limits.pendingTtl()),
                event,
                outbox.wakeChannel(),
                Integer.toString(partition.number()),
                "code",
                codeHmac,
                "code_expires_at",
                Long.toString(codeExpiresAt.toEpochMilli())));
        args.addAll(registration.fields());
        return SAVE_PENDING
                .run(
                        redis,
                        List.of(keys.pending(tenant, email), keys.codes(tenant, email), outbox.streamKey(partition)),
                        args)
                .flatMap(this::orTooMany);
    }

    /** The same for an address that has an account already: counted the same, and only the event is saved. */
    Mono<Void> tellOwner(TenantId tenant, EmailAddress email, String event) {
        Partition partition = VerificationKeys.partition(tenant, email);
        return TELL_OWNER
                .run(
                        redis,
                        List.of(keys.codes(tenant, email), outbox.streamKey(partition)),
                        List.of(
                                Integer.toString(limits.codesPerDay()),
                                millis(DAY),
                                event,
                                outbox.wakeChannel(),
                                Integer.toString(partition.number())))
                .flatMap(this::orTooMany);
    }

    private Mono<Void> orTooMany(List<String> reply) {
        return reply.getFirst().equals("saved")
                ? Mono.empty()
                : Mono.error(
                        new TooManyCodes(limits.codesPerDay(), Duration.ofMillis(Long.parseLong(reply.getLast()))));
    }

    /** @return an error of {@link WrongVerificationCode} or {@link CodeInUse} when no claim is granted */
    Mono<Claim> claim(TenantId tenant, EmailAddress email, String codeHmac, Instant now) {
        String name = UUID.randomUUID().toString();
        return VERIFY_CODE
                .run(
                        redis,
                        List.of(keys.pending(tenant, email)),
                        List.of(
                                codeHmac,
                                Long.toString(now.toEpochMilli()),
                                Integer.toString(limits.attemptsPerCode()),
                                Integer.toString(limits.attemptsPerRegistration()),
                                name,
                                millis(limits.claim())))
                // The claim may have been granted to a reply that nobody read.
                .onErrorResume(lost -> release(tenant, email, name).then(Mono.error(lost)))
                .map(reply -> switch (reply.getFirst()) {
                    case "granted" -> new Claim(name, PendingRegistration.read(tenant, fields(reply)));
                    case "claimed" -> throw new CodeInUse();
                    default -> throw new WrongVerificationCode();
                });
    }

    /** Never fails: a claim that can't be given up ends by itself in seconds. */
    Mono<Void> release(Claim claim) {
        var registration = claim.registration();
        return release(registration.tenant(), registration.email(), claim.name());
    }

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
    Mono<Void> drop(PendingRegistration registration) {
        return DROP_PENDING
                .run(
                        redis,
                        List.of(keys.pending(registration.tenant(), registration.email())),
                        List.of(registration.id().toString()))
                .then()
                .onErrorResume(error -> {
                    log.warn("{} could not be dropped and will expire: {}", registration, error.toString());
                    return Mono.empty();
                });
    }

    private static Map<String, String> fields(List<String> reply) {
        var fields = new HashMap<String, String>();
        for (int i = 1; i < reply.size(); i += 2) {
            fields.put(reply.get(i), reply.get(i + 1));
        }
        return fields;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
