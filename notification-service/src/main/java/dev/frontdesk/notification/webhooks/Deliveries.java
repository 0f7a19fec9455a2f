package dev.frontdesk.notification.webhooks;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads what a delivery needs of its endpoint and event, and counts the failures of an endpoint. */
@Repository
class Deliveries {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String FIND = """
            SELECT e.url, e.secret, CASE WHEN e.former_until > now() THEN e.former_secret END AS former_secret,
                   e.legacy_signature, e.disabled_for, e.told, v.type, v.body
            FROM webhook_endpoints e
            LEFT JOIN webhook_events v ON v.tenant = e.tenant AND v.id = :event
            WHERE e.tenant = :tenant AND e.id = :endpoint
            """;

    /**
     * Writes nothing unless the endpoint was failing: deliveries to a working endpoint must not wait for the lock of
     * its row. An endpoint that was disabled during the attempt keeps its time of failing, for the event that reports
     * it.
     */
    private static final String SUCCEEDED = """
            UPDATE webhook_endpoints SET failing_since = NULL, failures = 0
            WHERE tenant = :tenant AND id = :endpoint AND failing_since IS NOT NULL AND disabled_at IS NULL
            """;

    private static final String FAILED = """
            UPDATE webhook_endpoints AS e
            SET failures = failures + 1, failing_since = coalesce(failing_since, now()),
                disabled_at = CASE WHEN now_for.reason IS NULL THEN e.disabled_at ELSE now() END,
                disabled_for = coalesce(e.disabled_for, now_for.reason),
                told = told AND now_for.reason IS NULL
            FROM (SELECT id, CASE
                      WHEN disabled_at IS NOT NULL THEN NULL
                      WHEN :gone THEN 'gone'
                      WHEN failures + 1 >= :failures AND failing_since <= now() - :after * interval '1 millisecond'
                          THEN 'failing' END AS reason
                  FROM webhook_endpoints WHERE tenant = :tenant AND id = :endpoint FOR UPDATE) AS now_for
            WHERE e.id = now_for.id
            RETURNING now_for.reason IS NOT NULL AS disabled
            """;

    private static final String DISABLED = """
            SELECT disabled_at, disabled_for, failing_since FROM webhook_endpoints
            WHERE tenant = :tenant AND id = :endpoint AND disabled_at IS NOT NULL AND NOT told
            """;

    private static final String TOLD =
            "UPDATE webhook_endpoints SET told = true WHERE tenant = :tenant AND id = :endpoint AND disabled_at = :at";

    /** An endpoint that was disabled; the tenant's other endpoints have not been notified yet. */
    record Disabled(Instant at, String reason, Instant failingSince) {}

    private final DatabaseClient database;

    Deliveries(DatabaseClient database) {
        this.database = database;
    }

    /** Empty when the endpoint does not exist any more. */
    Mono<Delivery> find(TenantId tenant, DeliveryPayload payload) {
        return of(database.sql(FIND), tenant, payload.endpointId())
                .bind("event", payload.eventId())
                .map(row -> delivery(tenant, payload, row))
                .one()
                .timeout(TIMEOUT);
    }

    Mono<Void> succeeded(TenantId tenant, UUID endpoint) {
        return of(database.sql(SUCCEEDED), tenant, endpoint).then().timeout(TIMEOUT);
    }

    /**
     * Counts a failed attempt.
     *
     * @param gone whether the endpoint asked for no more events
     * @return whether this failure disabled the endpoint
     */
    Mono<Boolean> failed(TenantId tenant, UUID endpoint, boolean gone, WebhookProperties properties) {
        return of(database.sql(FAILED), tenant, endpoint)
                .bind("gone", gone)
                .bind("failures", properties.disableFailures())
                .bind("after", properties.disableAfter().toMillis())
                .map(row -> required(row, "disabled", Boolean.class))
                .one()
                .defaultIfEmpty(false)
                .timeout(TIMEOUT);
    }

    Mono<Disabled> untold(TenantId tenant, UUID endpoint) {
        return of(database.sql(DISABLED), tenant, endpoint)
                .map(row -> new Disabled(
                        required(row, "disabled_at", Instant.class),
                        required(row, "disabled_for", String.class),
                        required(row, "failing_since", Instant.class)))
                .one()
                .timeout(TIMEOUT);
    }

    Mono<Void> told(TenantId tenant, UUID endpoint, Disabled disabled) {
        return of(database.sql(TOLD), tenant, endpoint)
                .bind("at", disabled.at())
                .then()
                .timeout(TIMEOUT);
    }

    private static DatabaseClient.GenericExecuteSpec of(
            DatabaseClient.GenericExecuteSpec sql, TenantId tenant, UUID endpoint) {
        return sql.bind("tenant", tenant.value()).bind("endpoint", endpoint);
    }

    private static Delivery delivery(TenantId tenant, DeliveryPayload payload, Readable row) {
        String former = row.get("former_secret", String.class);
        String present = required(row, "secret", String.class);
        return new Delivery(
                tenant,
                payload.endpointId(),
                payload.eventId(),
                required(row, "url", String.class),
                former == null ? List.of(present) : Stream.of(present, former).toList(),
                required(row, "legacy_signature", Boolean.class),
                row.get("disabled_for", String.class),
                required(row, "told", Boolean.class),
                row.get("type", String.class),
                row.get("body", String.class));
    }
}
