package dev.frontdesk.notification.webhooks;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.postgres.TransactionLock;
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
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** The endpoints of all tenants. */
@Repository
class WebhookEndpoints {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String COLUMNS =
            " id, url, description, event_types, legacy_signature, disabled_at, disabled_for, failing_since,"
                    + " CASE WHEN former_until > now() THEN former_until END AS former_until, created_at ";

    /** For the count of a tenant's endpoints. */
    private static final TransactionLock LOCK = new TransactionLock("webhook_endpoints");

    private static final String ADD = """
            INSERT INTO webhook_endpoints (id, tenant, url, description, event_types, secret, legacy_signature,
                                           disabled_at, disabled_for)
            SELECT :id, :tenant, :url, :description, :types, :secret, :legacySignature,
                   CASE WHEN NOT :enabled THEN now() END, CASE WHEN NOT :enabled THEN 'administrator' END
            WHERE (SELECT count(*) FROM webhook_endpoints WHERE tenant = :tenant) < :most
            RETURNING""" + COLUMNS;

    private static final String FIND =
            "SELECT" + COLUMNS + "FROM webhook_endpoints WHERE tenant = :tenant AND id = :id";

    private static final String PAGE = "SELECT" + COLUMNS + """
            FROM webhook_endpoints
            WHERE tenant = :tenant AND (CAST(:time AS timestamptz) IS NULL OR (created_at, id) < (:time, :after))
            ORDER BY created_at DESC, id DESC LIMIT :limit
            """;

    /**
     * Enabling an endpoint, or changing the URL of an enabled one, resets its failures. A disabled endpoint keeps the
     * time since which it failed: the event that reports it, if it is still to be sent, needs that time.
     */
    private static final String CHANGE = """
            UPDATE webhook_endpoints
            SET url = coalesce(:url, url), description = coalesce(:description, description),
                event_types = coalesce(:types, event_types),
                legacy_signature = coalesce(:legacySignature, legacy_signature),
                disabled_at = CASE WHEN :enabled THEN NULL WHEN NOT :enabled THEN coalesce(disabled_at, now())
                                   ELSE disabled_at END,
                disabled_for = CASE WHEN :enabled THEN NULL WHEN NOT :enabled THEN coalesce(disabled_for, 'administrator')
                                    ELSE disabled_for END,
                told = CASE WHEN :enabled THEN true ELSE told END,
                failing_since = CASE WHEN :enabled OR :url <> url AND disabled_at IS NULL THEN NULL ELSE failing_since END,
                failures = CASE WHEN :enabled OR :url <> url AND disabled_at IS NULL THEN 0 ELSE failures END
            WHERE tenant = :tenant AND id = :id
            RETURNING""" + COLUMNS;

    private static final String DELETE = "DELETE FROM webhook_endpoints WHERE tenant = :tenant AND id = :id";

    /**
     * If a former secret is still valid, receivers have that one: the response with the secret in between may have been
     * lost, so that one may never have reached the tenant.
     */
    private static final String ROTATE = """
            UPDATE webhook_endpoints
            SET former_secret = CASE WHEN former_until > now() THEN former_secret ELSE secret END,
                former_until = CASE WHEN former_until > now() THEN former_until
                                    ELSE now() + :overlap * interval '1 millisecond' END,
                secret = :secret
            WHERE tenant = :tenant AND id = :id
            RETURNING""" + COLUMNS;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    WebhookEndpoints(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** Empty when the tenant already has {@code most} endpoints. */
    Mono<WebhookEndpoint> add(TenantId tenant, UUID id, EndpointDraft draft, String sealedSecret, int most) {
        var added = one(
                database.sql(ADD)
                        .bind("url", String.valueOf(draft.url()))
                        .bind("description", draft.description() == null ? "" : draft.description())
                        .bind(
                                "types",
                                types(draft.eventTypes() == null ? List.of(EventFilter.ALL) : draft.eventTypes()))
                        .bind("enabled", draft.enabled() == null || draft.enabled())
                        .bind("secret", sealedSecret)
                        .bind("legacySignature", Boolean.TRUE.equals(draft.legacySignature()))
                        .bind("most", most),
                tenant,
                id);
        return LOCK.lock(database, tenant.value())
                .then(added)
                .as(transaction::transactional)
                .timeout(TIMEOUT);
    }

    Mono<WebhookEndpoint> find(TenantId tenant, UUID id) {
        return one(database.sql(FIND), tenant, id);
    }

    /** Newest first. */
    Mono<Page<WebhookEndpoint>> page(TenantId tenant, int limit, @Nullable PageCursor after) {
        return database.sql(PAGE)
                .bind("tenant", tenant.value())
                .bind("time", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, after == null ? null : after.time()))
                .bind("after", after == null ? Parameters.in(UUID.class) : Parameters.in(after.id()))
                .bind("limit", limit + 1)
                .map(WebhookEndpoints::endpoint)
                .all()
                .collectList()
                .timeout(TIMEOUT)
                .map(found -> Page.of(found, limit, endpoint -> new PageCursor(endpoint.createdAt(), endpoint.id())));
    }

    Mono<WebhookEndpoint> change(TenantId tenant, UUID id, EndpointDraft draft) {
        return one(
                database.sql(CHANGE)
                        .bind("url", Parameters.in(R2dbcType.VARCHAR, draft.url()))
                        .bind("description", Parameters.in(R2dbcType.VARCHAR, draft.description()))
                        .bind(
                                "types",
                                draft.eventTypes() == null
                                        ? Parameters.in(String[].class)
                                        : Parameters.in(types(draft.eventTypes())))
                        .bind("legacySignature", Parameters.in(R2dbcType.BOOLEAN, draft.legacySignature()))
                        .bind("enabled", Parameters.in(R2dbcType.BOOLEAN, draft.enabled())),
                tenant,
                id);
    }

    /** @return whether the endpoint existed */
    Mono<Boolean> delete(TenantId tenant, UUID id) {
        return database.sql(DELETE)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .timeout(TIMEOUT);
    }

    /**
     * Requests are also signed with the previous secret during the overlap. If a former secret is still valid, that one
     * stays, and its time is not extended.
     */
    Mono<WebhookEndpoint> rotate(TenantId tenant, UUID id, String sealedSecret, Duration overlap) {
        return one(database.sql(ROTATE).bind("secret", sealedSecret).bind("overlap", overlap.toMillis()), tenant, id);
    }

    private static Mono<WebhookEndpoint> one(DatabaseClient.GenericExecuteSpec sql, TenantId tenant, UUID id) {
        return sql.bind("tenant", tenant.value())
                .bind("id", id)
                .map(WebhookEndpoints::endpoint)
                .one()
                .timeout(TIMEOUT);
    }

    private static String[] types(List<String> types) {
        return types.toArray(String[]::new);
    }

    private static WebhookEndpoint endpoint(Readable row) {
        Instant disabledAt = row.get("disabled_at", Instant.class);
        return new WebhookEndpoint(
                required(row, "id", UUID.class),
                required(row, "url", String.class),
                required(row, "description", String.class),
                List.of(required(row, "event_types", String[].class)),
                disabledAt == null,
                required(row, "legacy_signature", Boolean.class),
                disabledAt,
                row.get("disabled_for", String.class),
                row.get("failing_since", Instant.class),
                row.get("former_until", Instant.class),
                required(row, "created_at", Instant.class));
    }
}
