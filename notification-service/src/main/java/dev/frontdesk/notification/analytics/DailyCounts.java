package dev.frontdesk.notification.analytics;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The table of daily counts. */
@Repository
class DailyCounts {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /**
     * Adds to the count and stores the id in one statement, so that each id counts once. Ids are deleted after 7 days,
     * when no retry can come any more: a job's attempts are minutes apart, and an event is received again at the next
     * start.
     */
    private static final String COUNT = """
            WITH cleared AS (
                DELETE FROM counted WHERE id IN (
                    SELECT id FROM counted WHERE counted_at < now() - interval '7 days'
                    ORDER BY counted_at LIMIT 5 FOR UPDATE SKIP LOCKED)),
            fresh AS (
                INSERT INTO counted (id) VALUES (:id) ON CONFLICT DO NOTHING RETURNING id)
            INSERT INTO daily_counts AS d (tenant, day, kind, count)
            SELECT :tenant, :day, :kind, :count FROM fresh
            ON CONFLICT (tenant, day, kind) DO UPDATE SET count = d.count + excluded.count
            """;

    private static final String FIND = """
            SELECT day, kind, count FROM daily_counts
            WHERE tenant = :tenant AND day >= :from AND day < :to AND (:kind IS NULL OR kind = :kind)
            ORDER BY day, kind LIMIT :limit
            """;

    record Count(LocalDate day, String kind, long count) {}

    private final DatabaseClient database;

    DailyCounts(DatabaseClient database) {
        this.database = database;
    }

    /** @param id of the job or the event; each id counts once */
    Mono<Void> count(TenantId tenant, UUID id, CountedEvent countedEvent) {
        return database.sql(COUNT)
                .bind("id", id)
                .bind("tenant", tenant.value())
                .bind("day", countedEvent.day())
                .bind("kind", countedEvent.kind())
                .bind("count", (long) countedEvent.count())
                .then()
                .timeout(TIMEOUT);
    }

    /** @param kind null for all kinds */
    Mono<List<Count>> find(TenantId tenant, LocalDate from, LocalDate to, @Nullable String kind, int limit) {
        return database.sql(FIND)
                .bind("tenant", tenant.value())
                .bind("from", from)
                .bind("to", to)
                .bind("kind", Parameters.in(R2dbcType.VARCHAR, kind))
                .bind("limit", limit)
                .map(row -> new Count(
                        required(row, "day", LocalDate.class),
                        required(row, "kind", String.class),
                        required(row, "count", Long.class)))
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }
}
