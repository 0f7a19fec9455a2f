package dev.frontdesk.notification.jobs;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Duration;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Finds the tenants whose jobs wait because the tenant's rate limit in a queue is used up. */
@Repository
public class ExhaustedRateLimits {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** A rate has eleven tenths; only those that are not over count, as in rate_room. */
    private static final String HELD_BACK = """
            SELECT w.tenant, w.jobs, rate.most, rate.window_ms
            FROM (SELECT tenant, count(*) AS jobs FROM jobs
                  WHERE queue = :queue AND state = 'waiting' AND due_at <= now()
                    AND (expires_at IS NULL OR expires_at > now())
                  GROUP BY tenant) AS w
            JOIN rates r ON r.queue = :queue AND r.tenant = w.tenant
            LEFT JOIN queues q ON q.tenant = w.tenant AND q.name = :queue
            CROSS JOIN LATERAL (
                SELECT coalesce(q.rate_limit, :rateLimit) AS most, coalesce(q.rate_window_ms, :rateWindow) AS window_ms) AS rate
            CROSS JOIN LATERAL (
                SELECT CAST(floor(extract(epoch FROM clock_timestamp() - r.started_at) * 10000 / rate.window_ms) AS bigint)
                       AS tenths) AS passed
            WHERE NOT coalesce(q.paused, false) AND passed.tenths < 11
              AND (SELECT coalesce(sum(n), 0) FROM unnest(r.used[1 : 11 - CAST(passed.tenths AS integer)]) AS n) >= rate.most
            """;

    /**
     * @param jobs number of jobs that are due and wait
     * @param limit of the tenant, in any window
     */
    public record HeldBack(TenantId tenant, long jobs, int limit, Duration window) {}

    private final DatabaseClient database;
    private final BuiltInQueues queues;

    ExhaustedRateLimits(DatabaseClient database, BuiltInQueues queues) {
        this.database = database;
        this.queues = queues;
    }

    /** One entry per tenant that has used up its limit and has due jobs waiting; paused queues are left out. */
    public Mono<List<HeldBack>> heldBack(String queue) {
        var configured = queues.defaults(queue);
        return database.sql(HELD_BACK)
                .bind("queue", queue)
                .bind("rateLimit", Parameters.in(R2dbcType.INTEGER, configured.rateLimit()))
                .bind("rateWindow", configured.rateWindow().toMillis())
                .map(row -> new HeldBack(
                        new TenantId(required(row, "tenant", String.class)),
                        required(row, "jobs", Long.class),
                        required(row, "most", Integer.class),
                        Duration.ofMillis(required(row, "window_ms", Long.class))))
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }
}
