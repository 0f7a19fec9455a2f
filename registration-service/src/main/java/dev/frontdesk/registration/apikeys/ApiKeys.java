package dev.frontdesk.registration.apikeys;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.apikeys.ApiKeyUses;
import dev.frontdesk.contracts.events.ApiKeyEvent;
import dev.frontdesk.contracts.events.ApiKeyEvent.ApiKeyChanged;
import dev.frontdesk.contracts.events.ApiKeyEvent.ApiKeyCreated;
import dev.frontdesk.contracts.events.ApiKeyEvent.ApiKeyRevoked;
import dev.frontdesk.contracts.events.ApiKeyEvent.ApiKeyRotated;
import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.kit.events.PostgresOutbox;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.Operators;
import dev.frontdesk.kit.postgres.TransactionLock;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.registration.audit.Actor;
import dev.frontdesk.registration.audit.AuditTrail;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * The keys of all tenants. Each change, its event and its entry in the audit trail are written in one transaction, and
 * only if something really changed. The changes of a tenant's keys wait for each other, so that none acts on rights or a
 * count that another one is changing.
 */
@Component
final class ApiKeys {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final TransactionLock LOCK = new TransactionLock("api_keys");

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final PostgresOutbox outbox;
    private final AuditTrail trail;
    private final ApiKeyCopies copies;
    private final ApiKeyProperties properties;
    private final Clock clock;

    ApiKeys(
            DatabaseClient database,
            TransactionalOperator transaction,
            PostgresOutbox outbox,
            AuditTrail trail,
            ApiKeyCopies copies,
            ApiKeyProperties properties,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.outbox = outbox;
        this.trail = trail;
        this.copies = copies;
        this.properties = properties;
        this.clock = clock;
    }

    /** Fails with 409 when the tenant has as many keys as it may, and with 403 for more rights than the caller has. */
    Mono<ApiKey> create(Caller caller, ApiKeyText key, ApiKeyDraft draft) {
        var limits = draft.limitsOr(Quotas.NONE);
        return changing(caller, rights -> {
            rights.check(requireNonNull(draft.scopes()), limits, draft.expiresAt());
            Actor by = Actor.of(caller);
            return values(database.sql(ApiKeyStatements.CREATE), draft)
                    .bind("id", key.id())
                    .bind("tenant", caller.tenant().value())
                    .bind("secret", key.secretHash())
                    .bind("by", by.kind())
                    .bind("by_id", by.id() == null ? Parameters.in(UUID.class) : Parameters.in(by.id()))
                    .bind("now", now())
                    .bind("most", properties.maxPerTenant())
                    .map(ApiKey::read)
                    .one()
                    .switchIfEmpty(Mono.error(this::tooMany))
                    .delayUntil(it -> record(
                            new ApiKeyCreated(it.tenant(), it.id(), it.version(), ApiKey.by(by), it.updatedAt())));
        });
    }

    private ProblemException tooMany() {
        return new ProblemException(
                ProblemType.CONFLICT,
                "A tenant has at most " + properties.maxPerTenant() + " API keys. Revoke one first.");
    }

    /** Newest first, with revoked ones. */
    Mono<Page<ApiKey>> page(TenantId tenant, int limit, @Nullable PageCursor after) {
        return database.sql(ApiKeyStatements.PAGE)
                .bind("tenant", tenant.value())
                .bind("time", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, after == null ? null : after.time()))
                .bind("after", after == null ? Parameters.in(UUID.class) : Parameters.in(after.id()))
                .bind("limit", limit + 1)
                .map(ApiKey::read)
                .all()
                .collectList()
                .timeout(TIMEOUT)
                .map(found -> Page.of(found, limit, key -> new PageCursor(key.createdAt(), key.id())));
    }

    /** Empty if the tenant has no such key. */
    Mono<ApiKey> find(TenantId tenant, UUID id) {
        return read(tenant, id).timeout(TIMEOUT);
    }

    /** Empty if there is no such key, it is revoked, or its tenant is deleted. */
    Mono<ApiKey> resolve(UUID id) {
        return database.sql(ApiKeyStatements.RESOLVE)
                .bind("id", id)
                .map(ApiKey::read)
                .one()
                .timeout(TIMEOUT);
    }

    /** In the order of their changes, for copies. */
    Mono<List<ApiKey>> changedAfter(Instant time, UUID id, int limit) {
        return database.sql(ApiKeyStatements.CHANGED_AFTER)
                .bind("time", time)
                .bind("after", id)
                .bind("limit", limit)
                .map(ApiKey::read)
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    /** Empty if the tenant has no such key. Fails with 409 if it is revoked. */
    Mono<ApiKey> change(Caller caller, UUID id, ApiKeyDraft draft) {
        return changing(
                caller,
                rights -> valid(caller, id, rights).flatMap(key -> {
                    rights.check(
                            draft.scopesOr(key.scopes()),
                            draft.limitsOr(key.limits()),
                            draft.expiresAtOr(key.expiresAt()));
                    return draft.changes(key) ? changed(caller, key, draft) : Mono.just(key);
                }));
    }

    private Mono<ApiKey> changed(Caller caller, ApiKey key, ApiKeyDraft draft) {
        return update(
                caller,
                values(database.sql(ApiKeyStatements.CHANGE), draft).bind("new_limits", draft.limits() != null),
                key.id(),
                it -> new ApiKeyChanged(it.tenant(), it.id(), it.version(), by(caller), it.updatedAt()));
    }

    /**
     * Replaces the secret. The previous one stays valid for the overlap. A secret that is still valid from an earlier
     * rotation stays the previous one, and its time is not extended: the response with the secret in between may have been
     * lost, so that one may be in no one's hands.
     */
    Mono<ApiKey> rotate(Caller caller, ApiKeyText key, Duration overlap) {
        Instant until = now().plus(overlap);
        return changing(
                caller,
                rights -> valid(caller, key.id(), rights)
                        .flatMap(_ -> update(
                                caller,
                                database.sql(ApiKeyStatements.ROTATE)
                                        .bind("secret", key.secretHash())
                                        .bind("until", until),
                                key.id(),
                                it -> new ApiKeyRotated(
                                        it.tenant(),
                                        it.id(),
                                        it.version(),
                                        by(caller),
                                        it.previousUntil() == null ? it.updatedAt() : it.previousUntil(),
                                        it.updatedAt()))));
    }

    /** Empty if the tenant has no such key; it is revoked otherwise. Whoever may administer keys may revoke any of them. */
    Mono<ApiKey> revoke(Caller caller, UUID id) {
        return changing(
                caller,
                _ -> read(caller.tenant(), id)
                        .flatMap(key -> key.isRevoked()
                                ? Mono.just(key)
                                : update(
                                        caller,
                                        database.sql(ApiKeyStatements.REVOKE),
                                        id,
                                        it -> new ApiKeyRevoked(
                                                it.tenant(), it.id(), it.version(), by(caller), it.updatedAt()))));
    }

    /** Keys of which a use in the last minute is known stay as they are. */
    Mono<Void> used(List<ApiKeyUses.Use> uses) {
        return database.sql(ApiKeyStatements.USED)
                .bind("ids", uses.stream().map(ApiKeyUses.Use::id).toArray(UUID[]::new))
                .bind("times", uses.stream().map(it -> it.at().toEpochMilli()).toArray(Long[]::new))
                .bind("now", now())
                .then()
                .timeout(TIMEOUT);
    }

    /** Runs the change after other changes of the tenant's keys, and copies its result when it is committed. */
    private Mono<ApiKey> changing(Caller caller, Function<Rights, Mono<ApiKey>> change) {
        return LOCK.lock(database, caller.tenant().value())
                .then(Mono.defer(() -> rightsOf(caller)))
                .flatMap(change)
                .as(transaction::transactional)
                .timeout(TIMEOUT)
                .delayUntil(copies::store);
    }

    private Mono<Rights> rightsOf(Caller caller) {
        Caller.ApiKey own = caller.apiKey();
        if (own == null) {
            return Mono.just(new Rights(Operators.include(caller), null));
        }
        return read(caller.tenant(), own.id())
                .filter(key -> !key.isRevoked() && !key.isExpired(clock.instant()))
                .map(key -> new Rights(Operators.include(caller), key))
                .switchIfEmpty(Mono.error(() -> Rights.refusal("The calling API key is no longer valid.")));
    }

    /** A key that the caller may change. */
    private Mono<ApiKey> valid(Caller caller, UUID id, Rights rights) {
        return read(caller.tenant(), id).doOnNext(key -> {
            if (key.isRevoked()) {
                throw new ProblemException(ProblemType.CONFLICT, "This API key is revoked. Create a new one.");
            }
            rights.check(key.scopes(), key.limits(), key.expiresAt());
        });
    }

    private Mono<ApiKey> update(
            Caller caller, GenericExecuteSpec statement, UUID id, Function<ApiKey, ApiKeyEvent> event) {
        return statement
                .bind("tenant", caller.tenant().value())
                .bind("id", id)
                .bind("now", now())
                .map(ApiKey::read)
                .one()
                .delayUntil(key -> record(event.apply(key)));
    }

    private Mono<Void> record(ApiKeyEvent event) {
        return outbox.add(event)
                .then(trail.apiKeyChanged(new TenantId(event.tenant()), EventType.of(event), event.keyId()));
    }

    private static ApiKeyEvent.Actor by(Caller caller) {
        return ApiKey.by(Actor.of(caller));
    }

    private Mono<ApiKey> read(TenantId tenant, UUID id) {
        return database.sql(ApiKeyStatements.FIND)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(ApiKey::read)
                .one();
    }

    private static GenericExecuteSpec values(GenericExecuteSpec statement, ApiKeyDraft draft) {
        Quotas limits = draft.limitsOr(Quotas.NONE);
        return statement
                .bind("name", Parameters.in(R2dbcType.VARCHAR, draft.name()))
                .bind(
                        "scopes",
                        draft.scopes() == null
                                ? Parameters.in(String[].class)
                                : Parameters.in(draft.scopes().texts().toArray(String[]::new)))
                .bind("per_minute", Parameters.in(R2dbcType.BIGINT, limits.perMinute()))
                .bind("per_hour", Parameters.in(R2dbcType.BIGINT, limits.perHour()))
                .bind("per_day", Parameters.in(R2dbcType.BIGINT, limits.perDay()))
                .bind("expires_at", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, draft.expiresAt()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
