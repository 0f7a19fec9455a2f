package dev.frontdesk.kit.events;

import static dev.frontdesk.kit.postgres.Rows.required;

import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Reads the backlog of a {@link PostgresOutbox}. */
final class PostgresOutboxBacklog {

    /** A long outage of Kafka must not make this expensive, so it counts at most 10,000 events. */
    private static final String READ = """
            SELECT (SELECT count(*) FROM (SELECT 1 FROM outbox LIMIT 10000) AS first) AS events,
                   CAST(greatest(0, coalesce(extract(epoch FROM clock_timestamp()
                       - (SELECT created_at FROM outbox ORDER BY position LIMIT 1)), 0)) * 1000 AS bigint) AS age_ms
            """;

    private final DatabaseClient database;

    PostgresOutboxBacklog(DatabaseClient database) {
        this.database = database;
    }

    Mono<OutboxBacklog> read() {
        return database.sql(READ)
                .map(row -> new OutboxBacklog(
                        required(row, "events", Long.class), Duration.ofMillis(required(row, "age_ms", Long.class))))
                .one();
    }
}
