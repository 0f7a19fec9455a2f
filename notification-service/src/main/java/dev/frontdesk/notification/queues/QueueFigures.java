package dev.frontdesk.notification.queues;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Counts jobs in queues. Ended jobs count as long as they are stored. */
@Repository
class QueueFigures {

    /** Each subquery uses an index that begins with queue and tenant; few jobs are active. */
    private static final String COUNT = """
            SELECT q.name, w.waiting, w.oldest,
                   (SELECT count(*) FROM jobs
                    WHERE queue = q.name AND tenant = :tenant AND state = 'delayed') AS delayed,
                   (SELECT count(*) FROM jobs
                    WHERE queue = q.name AND tenant = :tenant AND state = 'active') AS active,
                   e.completed, e.failed, e.unknown, e.cancelled, e.completed_last_minute, e.failed_last_minute
            FROM unnest(CAST(:names AS text[])) AS q(name)
            CROSS JOIN LATERAL (
                SELECT count(*) AS waiting, CAST(extract(epoch FROM now() - min(due_at)) * 1000 AS bigint) AS oldest
                FROM jobs WHERE queue = q.name AND tenant = :tenant AND state = 'waiting') w
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE state = 'completed') AS completed,
                       count(*) FILTER (WHERE state = 'failed') AS failed,
                       count(*) FILTER (WHERE state = 'unknown') AS unknown,
                       count(*) FILTER (WHERE state = 'cancelled') AS cancelled,
                       count(*) FILTER (WHERE state = 'completed' AND finished_at > now() - interval '1 minute')
                           AS completed_last_minute,
                       count(*) FILTER (WHERE state = 'failed' AND finished_at > now() - interval '1 minute')
                           AS failed_last_minute
                FROM jobs WHERE queue = q.name AND tenant = :tenant AND finished_at IS NOT NULL) e
            """;

    record Jobs(long waiting, long delayed, long active, long completed, long failed, long unknown, long cancelled) {}

    /** Jobs that ended in the last minute. */
    record LastMinute(long completed, long failed) {}

    /** @param oldestWaitingMs how long the oldest job that waits has been due, in ms; null when none waits */
    record Figures(
            Jobs jobCounts, LastMinute lastMinute, @Nullable Long oldestWaitingMs) {}

    private final DatabaseClient database;

    QueueFigures(DatabaseClient database) {
        this.database = database;
    }

    /** Figures by queue name. */
    Mono<Map<String, Figures>> of(TenantId tenant, Collection<QueueName> queues) {
        return database.sql(COUNT)
                .bind("tenant", tenant.value())
                .bind("names", queues.stream().map(QueueName::value).toArray(String[]::new))
                .map(row -> Map.entry(required(row, "name", String.class), figures(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .timeout(Queues.TIMEOUT);
    }

    private static Figures figures(Readable row) {
        return new Figures(
                new Jobs(
                        number(row, "waiting"),
                        number(row, "delayed"),
                        number(row, "active"),
                        number(row, "completed"),
                        number(row, "failed"),
                        number(row, "unknown"),
                        number(row, "cancelled")),
                new LastMinute(number(row, "completed_last_minute"), number(row, "failed_last_minute")),
                row.get("oldest", Long.class));
    }

    private static long number(Readable row, String column) {
        return required(row, column, Long.class);
    }
}
