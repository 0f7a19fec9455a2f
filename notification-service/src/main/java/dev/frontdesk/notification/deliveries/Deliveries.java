package dev.frontdesk.notification.deliveries;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.tracing.TraceCarrier;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The table of deliveries. Time is the database's own, so that workers with different clocks agree on leases. What ends a
 * delivery names the fence of its claim, and does nothing when a later claim was made.
 */
@Repository
public class Deliveries {

    static final String SIGNAL = "deliveries";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String ADD = """
            WITH added AS (
                INSERT INTO deliveries (tenant, queue, kind, idempotency_key, priority, max_attempts, expires_at,
                                        payload, sealed, traceparent)
                VALUES (:tenant, :queue, :kind, :key, :priority, :maxAttempts, :expiresAt,
                        CAST(:payload AS jsonb), :sealed, :traceparent)
                ON CONFLICT (tenant, queue, idempotency_key) DO NOTHING
                RETURNING queue)
            SELECT pg_notify(current_schema() || '_deliveries', queue) FROM added
            """;

    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT id FROM deliveries
                WHERE queue = :queue AND state = 'waiting' AND due_at <= now()
                ORDER BY priority, due_at
                LIMIT :room
                FOR UPDATE SKIP LOCKED)
            UPDATE deliveries AS d
            SET state = 'active', attempts = attempts + 1, fence = fence + 1,
                lease_until = now() + make_interval(secs => :lease)
            FROM due WHERE d.id = due.id
            RETURNING d.id, d.tenant, d.kind, d.attempts, d.max_attempts, d.fence, d.expires_at,
                      CAST(d.payload AS text) AS payload, d.sealed, d.traceparent
            """;

    private static final String COMPLETE = """
            UPDATE deliveries
            SET state = 'completed', finished_at = now(), lease_until = NULL, sealed = NULL, failure = NULL
            WHERE id = :id AND fence = :fence AND state = 'active'
            """;

    private static final String FAIL = """
            UPDATE deliveries
            SET state = 'failed', finished_at = now(), lease_until = NULL, sealed = NULL, failure = :failure
            WHERE id = :id AND fence = :fence AND state = 'active'
            """;

    /** Not later than it expires, so that an expired one ends, and loses its secret, in time. */
    private static final String RETRY = """
            UPDATE deliveries
            SET state = 'waiting', lease_until = NULL, failure = :failure,
                due_at = least(now() + make_interval(secs => :wait), expires_at)
            WHERE id = :id AND fence = :fence AND state = 'active'
            """;

    private static final String TAKE_OVER = """
            UPDATE deliveries
            SET lease_until = NULL,
                failure = 'the worker that had it is gone',
                state = CASE WHEN attempts < max_attempts THEN 'waiting' ELSE 'failed' END,
                finished_at = CASE WHEN attempts < max_attempts THEN NULL ELSE now() END,
                sealed = CASE WHEN attempts < max_attempts THEN sealed END
            WHERE queue = :queue AND state = 'active' AND lease_until < now()
            """;

    private final DatabaseClient database;
    private final TraceCarrier traces;

    Deliveries(DatabaseClient database, TraceCarrier traces) {
        this.database = database;
        this.traces = traces;
    }

    /** Ends when it is stored. One whose key is known already is passed over. */
    public Mono<Void> add(NewDelivery delivery) {
        return traces.capture("delivery").flatMap(traceparent -> {
            var insert = database.sql(ADD)
                    .bind("tenant", delivery.tenant().value())
                    .bind("queue", delivery.queue())
                    .bind("kind", delivery.kind())
                    .bind("key", delivery.idempotencyKey())
                    .bind("priority", delivery.priority())
                    .bind("maxAttempts", delivery.maxAttempts())
                    .bind("payload", delivery.payload());
            insert = bind(insert, "expiresAt", delivery.expiresAt(), Instant.class);
            insert = bind(insert, "sealed", delivery.sealed(), String.class);
            insert = bind(insert, "traceparent", traceparent.orElse(null), String.class);
            return insert.then().timeout(TIMEOUT);
        });
    }

    /** Claims the most urgent ones that are due, for the length of a lease. */
    Flux<Delivery> claim(String queue, int room, Duration lease) {
        return database.sql(CLAIM)
                .bind("queue", queue)
                .bind("room", room)
                .bind("lease", seconds(lease))
                .map(Deliveries::delivery)
                .all()
                .timeout(TIMEOUT);
    }

    /** @return false when the claim is not the last one */
    Mono<Boolean> complete(Delivery delivery) {
        return end(delivery, database.sql(COMPLETE));
    }

    Mono<Boolean> fail(Delivery delivery, String reason) {
        return end(delivery, database.sql(FAIL).bind("failure", reason));
    }

    Mono<Boolean> retry(Delivery delivery, Duration wait, String reason) {
        return end(delivery, database.sql(RETRY).bind("failure", reason).bind("wait", seconds(wait)));
    }

    /**
     * Lets others have what a dead worker had claimed; one that was its last attempt fails.
     *
     * @return how many
     */
    Mono<Long> takeOver(String queue) {
        return database.sql(TAKE_OVER)
                .bind("queue", queue)
                .fetch()
                .rowsUpdated()
                .timeout(TIMEOUT);
    }

    private static Mono<Boolean> end(Delivery delivery, DatabaseClient.GenericExecuteSpec update) {
        return update.bind("id", delivery.id())
                .bind("fence", delivery.fence())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .timeout(TIMEOUT);
    }

    private static Delivery delivery(Readable row) {
        return new Delivery(
                column(row, "id", UUID.class),
                new TenantId(column(row, "tenant", String.class)),
                column(row, "kind", String.class),
                column(row, "attempts", Integer.class),
                column(row, "max_attempts", Integer.class),
                column(row, "fence", Long.class),
                row.get("expires_at", Instant.class),
                column(row, "payload", String.class),
                row.get("sealed", String.class),
                row.get("traceparent", String.class));
    }

    private static <T> T column(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }

    private static <T> DatabaseClient.GenericExecuteSpec bind(
            DatabaseClient.GenericExecuteSpec sql, String name, @Nullable T value, Class<T> type) {
        return value == null ? sql.bindNull(name, type) : sql.bind(name, value);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
