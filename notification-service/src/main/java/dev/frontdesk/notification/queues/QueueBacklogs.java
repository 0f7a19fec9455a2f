package dev.frontdesk.notification.queues;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.notification.jobs.BuiltInQueues;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads how many jobs of all tenants wait. */
@Repository
class QueueBacklogs {

    /** All queues that are not built in, together. */
    static final String APPLICATION = "application";

    /**
     * Reads the first entry of each queue, tenant and priority in the index of waiting jobs, which is the oldest one
     * there. An outage must not make this expensive, so it reads at most 5,000 of these, and counts at most 10,000 jobs
     * per queue.
     */
    private static final String READ = """
            WITH RECURSIVE lanes AS (
                (SELECT queue, tenant, priority, due_at FROM jobs
                 WHERE state = 'waiting' ORDER BY queue, tenant, priority, due_at, seq LIMIT 1)
                UNION ALL
                SELECT next.* FROM lanes l CROSS JOIN LATERAL (
                    SELECT queue, tenant, priority, due_at FROM jobs
                    WHERE state = 'waiting' AND (queue, tenant, priority) > (l.queue, l.tenant, l.priority)
                    ORDER BY queue, tenant, priority, due_at, seq LIMIT 1) next),
            oldest AS (
                SELECT queue, min(due_at) AS due_at FROM (SELECT * FROM lanes LIMIT 5000) AS first GROUP BY queue)
            SELECT CASE WHEN o.queue = ANY(:builtIn) THEN o.queue ELSE :application END AS queue,
                   CAST(sum(w.jobs) AS bigint) AS jobs,
                   CAST(greatest(0, extract(epoch FROM clock_timestamp() - min(o.due_at)) * 1000) AS bigint) AS age_ms
            FROM oldest o
            CROSS JOIN LATERAL (
                SELECT count(*) AS jobs
                FROM (SELECT 1 FROM jobs WHERE queue = o.queue AND state = 'waiting' LIMIT 10000) AS first) w
            GROUP BY 1
            """;

    /**
     * @param waiting jobs that are due and wait for a worker
     * @param age how long the oldest one has been due; zero if none waits
     */
    record Backlog(long waiting, Duration age) {

        static final Backlog NONE = new Backlog(0, Duration.ZERO);
    }

    private final DatabaseClient database;
    private final BuiltInQueues builtIn;

    QueueBacklogs(DatabaseClient database, BuiltInQueues builtIn) {
        this.database = database;
        this.builtIn = builtIn;
    }

    /** By the names of the built-in queues, and {@link #APPLICATION}. */
    Mono<Map<String, Backlog>> read() {
        return database.sql(READ)
                .bind("builtIn", builtIn.names(_ -> true))
                .bind("application", APPLICATION)
                .map(row -> Map.entry(required(row, "queue", String.class), backlog(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue, this::empty);
    }

    private Map<String, Backlog> empty() {
        var all = new HashMap<String, Backlog>();
        builtIn.names().forEach(name -> all.put(name, Backlog.NONE));
        all.put(APPLICATION, Backlog.NONE);
        return all;
    }

    private static Backlog backlog(Readable row) {
        return new Backlog(required(row, "jobs", Long.class), Duration.ofMillis(required(row, "age_ms", Long.class)));
    }
}
