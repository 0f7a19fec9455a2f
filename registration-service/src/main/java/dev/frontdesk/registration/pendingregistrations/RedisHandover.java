package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.accounts.AccountProperties;
import dev.frontdesk.registration.codes.VerificationProperties;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Moves entries from PostgreSQL to Redis after an outage, one address at a time. Each step may be repeated, and the row
 * is deleted after the last. The row stays locked until then, so that only one instance works on it and no request
 * changes it.
 */
@Component
final class RedisHandover {

    private static final Logger log = LoggerFactory.getLogger(RedisHandover.class);

    private static final LuaScript ADOPT_PENDING =
            new LuaScript("pendingregistrations/adopt_pending", RedisPendingRegistrations.SIGN_UPS);

    private static final String ADDRESS = " WHERE tenant = :tenant AND address_hash = :address_hash";
    private static final String LOCK = "SELECT * FROM pending_registrations" + ADDRESS + " FOR UPDATE";

    private static final String LOCK_NEXT = """
            SELECT * FROM pending_registrations WHERE (tenant, address_hash) > (:tenant, :address_hash)
            ORDER BY tenant, address_hash LIMIT 1 FOR UPDATE SKIP LOCKED
            """;

    private static final String DELETE = "DELETE FROM pending_registrations";
    private static final String EXPIRED = " WHERE kept_until <= :now";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final ReactiveStringRedisTemplate redis;
    private final RedisBreaker breaker;
    private final RedisPendingRegistrations registrations;
    private final VerificationMessages verificationMessages;
    private final VerificationKeys keys;
    private final AccountProperties timeouts;
    private final Clock clock;

    RedisHandover(
            DatabaseClient database,
            TransactionalOperator transaction,
            ReactiveStringRedisTemplate redis,
            RedisBreaker breaker,
            RedisPendingRegistrations registrations,
            VerificationMessages verificationMessages,
            KeySpace keys,
            AccountProperties timeouts,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.redis = redis;
        this.breaker = breaker;
        this.registrations = registrations;
        this.verificationMessages = verificationMessages;
        this.keys = new VerificationKeys(keys);
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /** An address, as a position in the iteration order. */
    record Place(String tenant, String addressHash) {

        static final Place START = new Place("", "");
    }

    /**
     * Hands over one address for a request that then continues with it. Waits while another handover holds the row. All
     * of it together may take no longer than one Redis command.
     */
    Mono<Void> of(TenantId tenant, EmailAddress email) {
        var locked = Mono.defer(() -> locked(LOCK, new Place(tenant.value(), email.hash()))
                .flatMap(this::handOver)
                .as(transaction::transactional));
        return breaker.inTime(
                askedFirst(keys.pending(tenant, email)).then(locked).then());
    }

    /** Checks that Redis answers, before many addresses are handed over. */
    Mono<Void> askedFirst() {
        return askedFirst(keys.indexOfAll(new Partition(0)));
    }

    /**
     * A row that is locked while its holder waits for Redis blocks all saves to it. So no row is locked before Redis
     * has answered.
     */
    private Mono<Void> askedFirst(String anyKey) {
        return breaker.guard(redis.hasKey(anyKey)).then();
    }

    /** Hands over the next address that no other instance has locked; empty when there is none. */
    Mono<Place> next(Place last) {
        return locked(LOCK_NEXT, last)
                .flatMap(row -> handOver(row)
                        .onErrorMap(error -> !Outages.isBehind(error), error -> new Stuck(placeOf(row), error)))
                .as(transaction::transactional)
                .timeout(timeouts.writeTimeout())
                .onErrorResume(Stuck.class, stuck -> {
                    log.error("Handover of an address to Redis failed; it will be retried", stuck.getCause());
                    return Mono.just(stuck.place);
                });
    }

    /** One row that can't be handed over must not block the rows after it. */
    private static final class Stuck extends RuntimeException {

        private final transient Place place;

        Stuck(Place place, Throwable cause) {
            super("Stuck", cause, false, false);
            this.place = place;
        }
    }

    Mono<Long> purge() {
        Instant now = now();
        return database.sql(DELETE + EXPIRED)
                .bind("now", now)
                .fetch()
                .rowsUpdated()
                .timeout(timeouts.writeTimeout());
    }

    private Mono<OutageEntry> locked(String sql, Place place) {
        return at(sql, place).map(RedisHandover::read).one().flatMap(Function.identity());
    }

    private static Mono<OutageEntry> read(Readable row) {
        try {
            return Mono.just(OutageEntry.read(row));
        } catch (IllegalArgumentException | IllegalStateException unreadable) {
            var place = new Place(
                    String.valueOf(row.get("tenant", String.class)),
                    String.valueOf(row.get("address_hash", String.class)));
            return Mono.error(new Stuck(place, unreadable));
        }
    }

    private Mono<Place> handOver(OutageEntry row) {
        Place place = placeOf(row);
        // Bounds the time that requests wait for the locked row.
        return breaker.inTime(
                        dropGone(row).then(Mono.defer(() -> keepPromise(row))).then(Mono.defer(() -> adopt(row))))
                .then(Mono.defer(() -> at(DELETE + ADDRESS, place).then()))
                .thenReturn(place);
    }

    private static Place placeOf(OutageEntry row) {
        return new Place(row.tenant().value(), row.email().hash());
    }

    /**
     * Redis may have stored a sign-up although its reply was lost. If that sign-up has its account by now, it is
     * removed here.
     */
    private Mono<Void> dropGone(OutageEntry row) {
        return row.gone().isEmpty()
                ? Mono.empty()
                : registrations.drop(row.tenant(), row.email(), row.gone()).then();
    }

    /** Must run before the counted requests are adopted: Redis regards a request that is counted there as done. */
    private Mono<Void> keepPromise(OutageEntry row) {
        return Mono.justOrEmpty(row.promised()).flatMap(id -> {
            var kind = CodeRequest.Kind.PROMISED_RESEND;
            var request = new CodeRequest(row.tenant(), row.email(), id, kind, row.clientOf(id), now());
            return registrations
                    .renew(request, waiting -> verificationMessages.to(request, Optional.empty(), waiting))
                    // The daily limit was already reached before the outage.
                    .onErrorResume(CodeLimitExceeded.class, _ -> Mono.empty());
        });
    }

    private Mono<List<String>> adopt(OutageEntry row) {
        TenantId tenant = row.tenant();
        EmailAddress email = row.email();
        Instant now = now();
        var partition = VerificationKeys.partition(tenant, email);
        var pending = row.pending().at(now);
        var scriptKeys = new ArrayList<>(List.of(
                keys.pending(tenant, email),
                keys.requests(tenant, email),
                keys.index(tenant, partition),
                keys.indexOfAll(partition)));
        var args = new ArrayList<>(List.of(
                millis(now),
                row.entryId().toString(),
                Long.toString(VerificationProperties.DAY.toMillis()),
                email.hash(),
                VerificationKeys.memberOfAll(tenant, email.hash()),
                Integer.toString(pending.attempts()),
                pending.contested() ? "1" : "",
                millis(pending.attemptsUntil())));
        args.add(Integer.toString(row.requests().size()));
        row.requests().forEach(code -> args.addAll(List.of(millis(code.at()), code.name())));
        pending.signUps().forEach(signUp -> {
            scriptKeys.add(keys.id(tenant, partition, signUp.registration().id()));
            var fields = signUp.fields();
            args.add(Integer.toString(fields.size()));
            fields.forEach((name, value) -> args.addAll(List.of(name, value)));
        });
        return breaker.guard(ADOPT_PENDING.run(redis, scriptKeys, args));
    }

    private GenericExecuteSpec at(String sql, Place place) {
        return database.sql(sql).bind("tenant", place.tenant()).bind("address_hash", place.addressHash());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }
}
