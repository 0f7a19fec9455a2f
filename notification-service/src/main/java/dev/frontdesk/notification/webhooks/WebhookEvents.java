package dev.frontdesk.notification.webhooks;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.Page;
import dev.frontdesk.kit.web.PageCursor;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Stores published events for as long as they can be replayed. */
@Repository
class WebhookEvents {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String ADD = """
            INSERT INTO webhook_events (tenant, id, type, subject, body)
            VALUES (:tenant, :id, :type, :subject, :body)
            ON CONFLICT (tenant, id) DO NOTHING
            """;

    /**
     * Stores an event if at least one endpoint wants it, even a disabled one: after enabling that one, the tenant can
     * replay the event. It is one statement, so that an endpoint that is enabled concurrently either receives the event
     * or finds it in a replay.
     */
    private static final String ADD_FOR_THOSE_WHO_HEAR = """
            WITH wanting AS MATERIALIZED (
                SELECT id, created_at, disabled_at FROM webhook_endpoints
                WHERE tenant = :tenant AND webhook_hears(event_types, :type)),
            added AS (
                INSERT INTO webhook_events (tenant, id, type, subject, body)
                SELECT :tenant, :id, :type, :subject, :body WHERE EXISTS (SELECT 1 FROM wanting)
                ON CONFLICT (tenant, id) DO NOTHING)
            SELECT id FROM wanting WHERE disabled_at IS NULL ORDER BY created_at, id
            """;

    private static final String FIND =
            "SELECT id, type, created_at FROM webhook_events WHERE tenant = :tenant AND id = :id";

    private static final String PAGE = """
            SELECT id, type, created_at FROM webhook_events
            WHERE tenant = :tenant AND (CAST(:type AS text) IS NULL OR type = :type)
              AND (CAST(:time AS timestamptz) IS NULL OR (created_at, id) < (:time, :after))
            ORDER BY created_at DESC, id DESC LIMIT :limit
            """;

    /** Oldest first. With {@code onlyFailed}, leaves out events that an attempt at the endpoint succeeded for. */
    private static final String IN_ORDER = """
            SELECT v.id, v.type, v.created_at
            FROM webhook_events v
            JOIN webhook_endpoints e ON e.tenant = v.tenant AND e.id = :endpoint AND webhook_hears(e.event_types, v.type)
            WHERE v.tenant = :tenant AND v.created_at >= :from AND v.created_at < :to
              AND (CAST(:time AS timestamptz) IS NULL OR (v.created_at, v.id) > (:time, :after))
              AND (NOT :onlyFailed OR NOT EXISTS (
                   SELECT 1 FROM webhook_attempts a
                   WHERE a.tenant = v.tenant AND a.event_id = v.id AND a.endpoint_id = e.id AND a.succeeded))
            ORDER BY v.created_at, v.id LIMIT :limit
            """;

    /** Also deletes the logged attempts of the account's events. */
    private static final String FORGET = """
            WITH gone AS (DELETE FROM webhook_events WHERE tenant = :tenant AND subject = :subject RETURNING id)
            DELETE FROM webhook_attempts WHERE tenant = :tenant AND event_id IN (SELECT id FROM gone)
            """;

    /** An event without its body. */
    record Summary(UUID id, String type, Instant createdAt) {

        PageCursor position() {
            return new PageCursor(createdAt, id);
        }
    }

    private final DatabaseClient database;
    private final JsonMapper json;

    WebhookEvents(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Completes when the event is stored; an event with a known id is not changed. */
    Mono<Void> add(WebhookEvent event) {
        return of(database.sql(ADD), event).then().timeout(TIMEOUT);
    }

    /**
     * Like {@link #add}, but does nothing when no endpoint of the tenant wants the event.
     *
     * @return the endpoints that are enabled and want it
     */
    Mono<List<UUID>> addForThoseWhoHear(WebhookEvent event) {
        return of(database.sql(ADD_FOR_THOSE_WHO_HEAR), event)
                .map(row -> required(row, "id", UUID.class))
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    private DatabaseClient.GenericExecuteSpec of(DatabaseClient.GenericExecuteSpec sql, WebhookEvent event) {
        return sql.bind("tenant", event.tenant().value())
                .bind("id", event.id())
                .bind("type", event.type())
                .bind("subject", event.subject() == null ? Parameters.in(UUID.class) : Parameters.in(event.subject()))
                .bind("body", json.writeValueAsString(event.body()));
    }

    Mono<Summary> find(TenantId tenant, UUID id) {
        return database.sql(FIND)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(WebhookEvents::summary)
                .one()
                .timeout(TIMEOUT);
    }

    /** Newest first. */
    Mono<Page<Summary>> page(TenantId tenant, @Nullable String type, int limit, @Nullable PageCursor after) {
        return at(database.sql(PAGE), after)
                .bind("tenant", tenant.value())
                .bind("type", Parameters.in(R2dbcType.VARCHAR, type))
                .bind("limit", limit + 1)
                .map(WebhookEvents::summary)
                .all()
                .collectList()
                .timeout(TIMEOUT)
                .map(found -> Page.of(found, limit, Summary::position));
    }

    /** The events of a time range that an endpoint wants, oldest first. */
    Mono<List<Summary>> inOrder(TenantId tenant, ReplayRange range, int limit) {
        return at(database.sql(IN_ORDER), range.after())
                .bind("tenant", tenant.value())
                .bind("endpoint", range.endpointId())
                .bind("from", range.from())
                .bind("to", range.to())
                .bind("onlyFailed", range.onlyFailed())
                .bind("limit", limit)
                .map(WebhookEvents::summary)
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    /** Deletes everything that is stored about an account. */
    Mono<Void> forget(TenantId tenant, UUID account) {
        return database.sql(FORGET)
                .bind("tenant", tenant.value())
                .bind("subject", account)
                .then()
                .timeout(TIMEOUT);
    }

    private static DatabaseClient.GenericExecuteSpec at(
            DatabaseClient.GenericExecuteSpec sql, @Nullable PageCursor after) {
        return sql.bind("time", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, after == null ? null : after.time()))
                .bind("after", after == null ? Parameters.in(UUID.class) : Parameters.in(after.id()));
    }

    private static Summary summary(Readable row) {
        return new Summary(
                required(row, "id", UUID.class),
                required(row, "type", String.class),
                required(row, "created_at", Instant.class));
    }
}
