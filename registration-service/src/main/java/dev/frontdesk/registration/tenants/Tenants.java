package dev.frontdesk.registration.tenants;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.TenantEvent;
import dev.frontdesk.contracts.events.TenantEvent.TenantChanged;
import dev.frontdesk.contracts.events.TenantEvent.TenantCreated;
import dev.frontdesk.contracts.events.TenantEvent.TenantDeleted;
import dev.frontdesk.contracts.events.TenantEvent.TenantResumed;
import dev.frontdesk.contracts.events.TenantEvent.TenantSuspended;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.contracts.tenants.TenantPage;
import dev.frontdesk.kit.events.PostgresOutbox;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.registration.audit.AuditTrail;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * The tenants, without deleted ones. Each change, its event and its entry in the tenant's audit trail are written in one
 * transaction, and only if something really changed.
 */
@Component
final class Tenants {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final String CREATE = """
            INSERT INTO tenants (id, creation_id, name, plan, settings, per_minute, per_hour, per_day, allowed_origins,
                                 created_at, updated_at)
            VALUES (:id, :creation, :name, :plan, CAST(:settings AS jsonb), :per_minute, :per_hour, :per_day,
                    :allowed_origins, :now, :now)
            ON CONFLICT (id) DO NOTHING
            RETURNING *
            """;

    private static final String CREATED_BEFORE =
            "SELECT * FROM tenants WHERE id = :id AND creation_id = :creation AND status <> 'deleted'";

    private static final String FIND = "SELECT * FROM tenants WHERE id = :id AND status <> 'deleted'";

    private static final String PAGE = """
            SELECT * FROM tenants
            WHERE status <> 'deleted' AND (CAST(:status AS text) IS NULL OR status = :status)
              AND (CAST(:after AS text) IS NULL OR id > :after)
            ORDER BY id
            LIMIT :limit
            """;

    private static final int RECORDS = 500;

    private static final String RECORDS_AFTER = """
            SELECT * FROM tenants WHERE CAST(:after AS text) IS NULL OR id > :after ORDER BY id LIMIT :limit
            """;

    private static final String CHANGE = """
            UPDATE tenants AS t
            SET name = c.new_name, plan = c.new_plan, settings = c.new_settings, per_minute = c.new_minute,
                per_hour = c.new_hour, per_day = c.new_day, allowed_origins = c.new_origins, version = t.version + 1,
                updated_at = :now
            FROM (SELECT o.*, coalesce(:name, o.name) AS new_name, coalesce(:plan, o.plan) AS new_plan,
                         coalesce(CAST(:settings AS jsonb), o.settings) AS new_settings,
                         CASE WHEN :new_quotas THEN :per_minute ELSE o.per_minute END AS new_minute,
                         CASE WHEN :new_quotas THEN :per_hour ELSE o.per_hour END AS new_hour,
                         CASE WHEN :new_quotas THEN :per_day ELSE o.per_day END AS new_day,
                         coalesce(:allowed_origins, o.allowed_origins) AS new_origins
                  FROM tenants o WHERE o.id = :id AND o.status <> 'deleted' FOR UPDATE) AS c
            WHERE t.id = c.id
              AND (c.name, c.plan, c.settings, c.per_minute, c.per_hour, c.per_day, c.allowed_origins) IS DISTINCT FROM
                  (c.new_name, c.new_plan, c.new_settings, c.new_minute, c.new_hour, c.new_day, c.new_origins)
            RETURNING t.*
            """;

    private static final String SUSPEND = """
            UPDATE tenants SET status = 'suspended', suspended_at = :now, updated_at = :now, version = version + 1
            WHERE id = :id AND status = 'active' RETURNING *
            """;

    private static final String RESUME = """
            UPDATE tenants SET status = 'active', suspended_at = NULL, updated_at = :now, version = version + 1
            WHERE id = :id AND status = 'suspended' RETURNING *
            """;

    private static final String DELETE = """
            UPDATE tenants SET status = 'deleted', deleted_at = :now, updated_at = :now, version = version + 1,
                name = '', settings = '{}', allowed_origins = '{}'
            WHERE id = :id AND status <> 'deleted' RETURNING *
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final PostgresOutbox outbox;
    private final AuditTrail trail;
    private final Clock clock;

    Tenants(
            DatabaseClient database,
            TransactionalOperator transaction,
            PostgresOutbox outbox,
            AuditTrail trail,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.outbox = outbox;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Empty if there is or was another tenant with this id.
     *
     * @param creation of the request; the tenant that the same request has created is returned again
     */
    Mono<Tenant> create(TenantId id, UUID creation, TenantDraft draft) {
        var statement = values(database.sql(CREATE), draft)
                .bind("id", id.value())
                .bind("creation", creation)
                .bind("now", now());
        return changed(
                        statement,
                        (tenant, at) -> new TenantCreated(tenant.id(), tenant.version(), tenant.details(), at))
                .switchIfEmpty(database.sql(CREATED_BEFORE)
                        .bind("id", id.value())
                        .bind("creation", creation)
                        .map(Tenant::read)
                        .one())
                .as(transaction::transactional)
                .timeout(TIMEOUT);
    }

    /**
     * @param after id of the last tenant of the page before
     * @return one tenant more than the limit if there is a next page
     */
    Mono<List<Tenant>> page(Tenant.@Nullable Status status, int limit, @Nullable TenantId after) {
        return database.sql(PAGE)
                .bind("status", Parameters.in(R2dbcType.VARCHAR, status == null ? null : status.text()))
                .bind("after", Parameters.in(R2dbcType.VARCHAR, after == null ? null : after.value()))
                .bind("limit", limit + 1)
                .map(Tenant::read)
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    /**
     * A page of all tenants, also deleted ones.
     *
     * @param after id of the last tenant of the page before
     */
    Mono<TenantPage> records(@Nullable String after) {
        return database.sql(RECORDS_AFTER)
                .bind("after", Parameters.in(R2dbcType.VARCHAR, after))
                .bind("limit", RECORDS)
                .map(row -> Tenant.read(row).toRecord())
                .all()
                .collectList()
                .map(found -> new TenantPage(
                        found, found.size() < RECORDS ? null : found.getLast().id()))
                .timeout(TIMEOUT);
    }

    Mono<Tenant> find(TenantId id) {
        return read(id).timeout(TIMEOUT);
    }

    /** Empty if there is no such tenant. */
    Mono<Tenant> change(TenantId id, TenantDraft draft) {
        var statement = values(database.sql(CHANGE), draft).bind("new_quotas", draft.quotas() != null);
        return changedOrSame(
                id,
                statement,
                (tenant, now) -> new TenantChanged(tenant.id(), tenant.version(), tenant.details(), now));
    }

    /** Empty if there is no such tenant; it is suspended otherwise. */
    Mono<Tenant> suspend(TenantId id) {
        return changedOrSame(
                id, database.sql(SUSPEND), (it, now) -> new TenantSuspended(it.id(), it.version(), it.details(), now));
    }

    /** Empty if there is no such tenant; it is active otherwise. */
    Mono<Tenant> resume(TenantId id) {
        return changedOrSame(
                id, database.sql(RESUME), (it, now) -> new TenantResumed(it.id(), it.version(), it.details(), now));
    }

    /** Empty if there is no such tenant. What was stored for it is deleted afterwards. */
    Mono<Tenant> delete(TenantId id) {
        return changed(
                        database.sql(DELETE).bind("id", id.value()).bind("now", now()),
                        (it, at) -> new TenantDeleted(it.id(), it.version(), at))
                .as(transaction::transactional)
                .timeout(TIMEOUT);
    }

    private Mono<Tenant> changedOrSame(
            TenantId id, GenericExecuteSpec statement, BiFunction<Tenant, Instant, TenantEvent> event) {
        return changed(statement.bind("id", id.value()).bind("now", now()), event)
                .switchIfEmpty(read(id))
                .as(transaction::transactional)
                .timeout(TIMEOUT);
    }

    private Mono<Tenant> changed(GenericExecuteSpec statement, BiFunction<Tenant, Instant, TenantEvent> event) {
        return statement.map(Tenant::read).one().delayUntil(tenant -> record(event.apply(tenant, tenant.updatedAt())));
    }

    private Mono<Void> record(TenantEvent event) {
        return outbox.add(event).then(trail.tenantChanged(new TenantId(event.tenant()), EventType.of(event)));
    }

    private Mono<Tenant> read(TenantId id) {
        return database.sql(FIND).bind("id", id.value()).map(Tenant::read).one();
    }

    private static GenericExecuteSpec values(GenericExecuteSpec statement, TenantDraft draft) {
        StorableJson settings = draft.settings();
        Quotas quotas = draft.quotas() == null ? Quotas.NONE : draft.quotas();
        List<String> origins = draft.allowedOrigins();
        return statement
                .bind("name", Parameters.in(R2dbcType.VARCHAR, draft.name()))
                .bind("plan", Parameters.in(R2dbcType.VARCHAR, draft.plan()))
                .bind("settings", Parameters.in(R2dbcType.VARCHAR, settings == null ? null : settings.text()))
                .bind("per_minute", Parameters.in(R2dbcType.BIGINT, quotas.perMinute()))
                .bind("per_hour", Parameters.in(R2dbcType.BIGINT, quotas.perHour()))
                .bind("per_day", Parameters.in(R2dbcType.BIGINT, quotas.perDay()))
                .bind(
                        "allowed_origins",
                        origins == null
                                ? Parameters.in(String[].class)
                                : Parameters.in(origins.toArray(String[]::new)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
