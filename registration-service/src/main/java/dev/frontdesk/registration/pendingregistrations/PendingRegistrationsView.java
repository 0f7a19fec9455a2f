package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.registration.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lists pending registrations for operators. Reads one index per tenant and partition, partition by partition, ordered
 * by expiry. An index entry without a registration is removed when it is read.
 */
@Component
public final class PendingRegistrationsView {

    private static final LuaScript LIST_PENDING = LuaScript.alsoWhenFull("pendingregistrations/list_pending");
    private static final LuaScript FORGET_LOST = LuaScript.alsoWhenFull("pendingregistrations/forget_lost");

    private static final int AT_ONCE = 16;
    private static final Duration PAGE_WITHIN = Duration.ofSeconds(5);

    private final ReactiveStringRedisTemplate redis;
    private final RedisPendingRegistrations registrations;
    private final VerificationKeys keys;
    private final AuditTrail trail;
    private final Clock clock;

    PendingRegistrationsView(
            ReactiveStringRedisTemplate redis,
            RedisPendingRegistrations registrations,
            KeySpace keys,
            AuditTrail trail,
            Clock clock) {
        this.redis = redis;
        this.registrations = registrations;
        this.keys = new VerificationKeys(keys);
        this.trail = trail;
        this.clock = clock;
    }

    /** @param next start of the next page; empty when this is the last page */
    public record Page(List<Waiting> waiting, Optional<Cursor> next) {}

    /** A sign-up, and the wrong guesses over all codes of its address. */
    public record Waiting(PendingSignUp signUp, int attempts) {}

    /**
     * Runs one script per partition read (of 64) and one command per address.
     *
     * @param limit maximum number of addresses on the page; each comes with all its sign-ups
     */
    public Mono<Page> page(TenantId tenant, int limit, Cursor from) {
        String now = now();
        return Flux.fromStream(
                        () -> IntStream.range(from.partition(), Partition.COUNT).mapToObj(Partition::new))
                .concatMap(partition -> entries(tenant, partition, limit, from, now), 0)
                .take(limit)
                .collectList()
                .flatMap(entries -> Flux.fromIterable(entries)
                        .flatMapSequential(entry -> waiting(tenant, entry), AT_ONCE)
                        .flatMapIterable(PendingRegistrationsView::signUps)
                        .collectList()
                        .map(waiting -> new Page(
                                waiting, entries.size() < limit ? Optional.empty() : Optional.of(entries.getLast()))))
                .timeout(PAGE_WITHIN);
    }

    private Flux<Cursor> entries(TenantId tenant, Partition partition, int limit, Cursor from, String now) {
        boolean here = partition.number() == from.partition();
        return LIST_PENDING
                .run(
                        redis,
                        List.of(keys.index(tenant, partition)),
                        List.of(
                                now,
                                Integer.toString(limit),
                                here ? from.addressHash() : "",
                                here ? from.expiry() : "0"))
                .flatMapIterable(reply -> IntStream.range(0, reply.size() / 2)
                        .mapToObj(i -> new Cursor(partition.number(), reply.get(2 * i + 1), reply.get(2 * i)))
                        .toList());
    }

    private static List<Waiting> signUps(PendingAddress address) {
        return address.signUps().stream()
                .map(signUp -> new Waiting(signUp, address.attempts()))
                .toList();
    }

    private Mono<PendingAddress> waiting(TenantId tenant, Cursor entry) {
        var partition = new Partition(entry.partition());
        return read(tenant, partition, entry.addressHash())
                .switchIfEmpty(Mono.defer(() -> forgetLost(tenant, partition, entry.addressHash())));
    }

    private Mono<PendingAddress> read(TenantId tenant, Partition partition, String addressHash) {
        return redis.<String, String>opsForHash()
                .entries(keys.pending(tenant, partition, addressHash))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(fields -> PendingAddress.read(tenant, fields).at(clock.instant()))
                .filter(address -> !address.isEmpty());
    }

    private Mono<PendingAddress> forgetLost(TenantId tenant, Partition partition, String addressHash) {
        return FORGET_LOST
                .run(
                        redis,
                        List.of(
                                keys.pending(tenant, partition, addressHash),
                                keys.index(tenant, partition),
                                keys.indexOfAll(partition)),
                        List.of(addressHash, VerificationKeys.memberOfAll(tenant, addressHash)))
                .then(Mono.empty());
    }

    /** @return whether the sign-up existed */
    public Mono<Boolean> delete(TenantId tenant, UUID registrationId) {
        return Flux.fromIterable(Partition.all())
                .flatMap(partition -> find(tenant, partition, registrationId), AT_ONCE)
                .next()
                .flatMap(found -> registrations
                        .drop(tenant, found.email(), List.of(registrationId))
                        .delayUntil(dropped -> dropped ? trail.signUpDeleted(tenant, found.email()) : Mono.empty()))
                .defaultIfEmpty(false);
    }

    /** The id does not contain the partition, so all partitions are searched. */
    private Mono<PendingRegistration> find(TenantId tenant, Partition partition, UUID registrationId) {
        return redis.opsForValue()
                .get(keys.id(tenant, partition, registrationId))
                .flatMap(addressHash -> read(tenant, partition, addressHash))
                .mapNotNull(address -> address.signUp(registrationId).orElse(null))
                .map(PendingSignUp::registration);
    }

    public Mono<Long> count(TenantId tenant) {
        return count(partition -> keys.index(tenant, partition));
    }

    /** The number of all tenants together. */
    Mono<Long> countAll() {
        return count(keys::indexOfAll);
    }

    private Mono<Long> count(Function<Partition, String> index) {
        return Mono.defer(() -> {
            var alive = Range.rightUnbounded(Range.Bound.exclusive(Double.valueOf(now())));
            return Flux.fromIterable(Partition.all())
                    // When Redis is down all partitions fail together; report that as one error.
                    .flatMapDelayError(partition -> redis.opsForZSet().count(index.apply(partition), alive), AT_ONCE, 1)
                    .reduce(0L, Long::sum);
        });
    }

    private String now() {
        return Long.toString(clock.instant().toEpochMilli());
    }
}
