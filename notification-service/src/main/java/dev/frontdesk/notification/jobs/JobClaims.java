package dev.frontdesk.notification.jobs;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Claims jobs and renews their leases. All times are the database's, so that workers with different clocks agree on
 * leases.
 */
@Repository
public class JobClaims {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Comparator<Job> MOST_URGENT_FIRST =
            Comparator.comparingInt(Job::priority).thenComparing(Job::dueAt).thenComparingLong(Job::seq);

    static final String COLUMNS = """
            id, seq, tenant, queue, kind, priority, attempts, stalls, max_attempts, backoff_ms, repeatable, fence,
            CAST(extract(epoch FROM due_at) * 1000000 AS bigint) AS due_micros, expires_at, CAST(payload AS text) AS payload, sealed, traceparent
            """;

    private static final String CLAIM = "SELECT " + COLUMNS + """
            FROM claim_jobs(:queue, :after, :room, :lease, :worker, :rateLimit, :rateWindow, :totalRateLimit, :ahead)
            """;

    private static final String CLAIM_OF_TENANT = "SELECT " + COLUMNS + """
            FROM (SELECT CAST(:tenant AS text) AS lane
                  WHERE NOT EXISTS (SELECT 1 FROM tenants WHERE id = :tenant AND status <> 'active')) AS active
            CROSS JOIN LATERAL
                claim_lane(:queue, active.lane, :worked, :usual, :room, :lease, :worker, NULL, NULL, :characters)
            """;

    /**
     * Locks the jobs of arrays {@code ids} and {@code fences} that are still claimed, in the order of their ids: two
     * statements with the same jobs then wait for each other and do not deadlock. An UPDATE alone promises no order.
     */
    static final String HELD = """
            WITH held AS MATERIALIZED (
                SELECT j.id
                FROM unnest(CAST(:ids AS uuid[]), CAST(:fences AS bigint[])) AS mine(id, fence)
                JOIN jobs j ON j.id = mine.id AND j.fence = mine.fence AND j.lease_until IS NOT NULL
                ORDER BY j.id
                FOR NO KEY UPDATE OF j)
            """;

    private static final String RENEW = HELD + """
            UPDATE jobs SET lease_until = now() + :lease * interval '1 millisecond'
            WHERE id = ANY(ARRAY(SELECT id FROM held))
            RETURNING id
            """;

    private static final String GIVE_BACK = """
            SELECT give_back(CAST(:ids AS uuid[]), CAST(:fences AS bigint[])) AS jobs
            """;

    private static final String GIVE_BACK_STRAYS = """
            SELECT give_back(array_agg(id), array_agg(fence)) AS jobs
            FROM jobs
            WHERE state = 'active' AND queue = :queue AND worker = :worker AND id <> ALL(:inHand)
              AND started_at < now() - :age * interval '1 millisecond'
            """;

    private static final String PROGRESS = """
            UPDATE jobs SET progress = :percent WHERE id = :id AND fence = :fence AND lease_until IS NOT NULL
            """;

    private final BuiltInQueues queues;
    private final DatabaseClient database;

    JobClaims(BuiltInQueues queues, DatabaseClient database) {
        this.queues = queues;
        this.database = database;
    }

    /**
     * Claims jobs for a worker of the service, fairly among tenants and within their rate limits.
     *
     * @param after the tenant that was served last; empty for none
     * @param ahead whether the handler marks the jobs as begun, see {@link JobHandler#marksBegun()}
     * @return jobs in the order in which tenants were served; within a tenant the most urgent first
     */
    Mono<List<Job>> claim(QueueDefaults queue, String after, int room, Duration lease, String worker, boolean ahead) {
        var call = database.sql(CLAIM)
                .bind("queue", queue.name())
                .bind("after", after)
                .bind("room", room)
                .bind("lease", lease.toMillis())
                .bind("worker", worker)
                .bind("rateWindow", queue.rateWindow().toMillis())
                .bind("ahead", ahead);
        call = bind(call, "rateLimit", queue.rateLimit());
        call = bind(call, "totalRateLimit", queue.totalRateLimit());
        return call.map(JobClaims::job)
                .all()
                .collectList()
                .map(JobClaims::byUrgency)
                .timeout(TIMEOUT);
    }

    /**
     * Claims jobs from one tenant's queue, the most urgent first.
     *
     * @param worked required work mode of the queue; claims nothing if the queue has another mode
     * @param characters maximum payload size of all jobs together; a single job may exceed it
     */
    public Mono<List<Job>> claim(
            TenantId tenant, String queue, WorkMode worked, int room, Duration lease, String worker, long characters) {
        return database.sql(CLAIM_OF_TENANT)
                .bind("queue", queue)
                .bind("tenant", tenant.value())
                .bind("worked", worked.word())
                .bind("usual", WorkMode.usual(queues.addedBy(queue)).word())
                .bind("room", room)
                .bind("lease", lease.toMillis())
                .bind("worker", worker)
                .bind("characters", characters)
                .map(JobClaims::job)
                .all()
                .sort(MOST_URGENT_FIRST)
                .collectList()
                .timeout(TIMEOUT);
    }

    /** @return ids of the jobs that the worker still holds */
    public Mono<List<UUID>> renew(Collection<Job> jobs, Duration lease) {
        return bindAll(database.sql(RENEW), jobs)
                .bind("lease", lease.toMillis())
                .map(row -> required(row, "id", UUID.class))
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    /**
     * Undoes claims of jobs that were not begun, as if they had never been made; they do not count for rate limits
     * either.
     */
    public Mono<Void> giveBack(Collection<Job> jobs) {
        return bindAll(database.sql(GIVE_BACK), jobs).then().timeout(TIMEOUT);
    }

    /**
     * Gives back jobs whose claim was made in the database but whose response never reached the worker. No worker knows
     * of them, and each would count as a stall when its lease ends.
     *
     * @param worker a name that is unique in this queue
     * @param inHand all jobs that the worker knows of
     * @return number of jobs
     */
    Mono<Long> giveBackStrays(String queue, String worker, Collection<UUID> inHand) {
        return database.sql(GIVE_BACK_STRAYS)
                .bind("queue", queue)
                .bind("worker", worker)
                .bind("inHand", inHand.toArray(UUID[]::new))
                // A claim of this age has been answered or has timed out.
                .bind("age", TIMEOUT.multipliedBy(2).toMillis())
                .map(row -> required(row, "jobs", Long.class))
                .one()
                .timeout(TIMEOUT);
    }

    /**
     * @param percent 0 to 100
     * @return false if the claim was lost in the meantime
     */
    public Mono<Boolean> progress(Job job, int percent) {
        return database.sql(PROGRESS)
                .bind("id", job.id())
                .bind("fence", job.fence())
                .bind("percent", percent)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .timeout(TIMEOUT);
    }

    /** Sorts the jobs within each tenant. The rows of a claim are grouped by tenant, but unordered within a tenant. */
    private static List<Job> byUrgency(List<Job> claimed) {
        var byTenant = new LinkedHashMap<TenantId, List<Job>>();
        claimed.forEach(job ->
                byTenant.computeIfAbsent(job.tenant(), _ -> new ArrayList<>()).add(job));
        return byTenant.values().stream()
                .flatMap(jobs -> jobs.stream().sorted(MOST_URGENT_FIRST))
                .toList();
    }

    /** A row with the columns that a claim returns. */
    static Job job(Readable row) {
        return new Job(
                required(row, "id", UUID.class),
                required(row, "seq", Long.class),
                new TenantId(required(row, "tenant", String.class)),
                required(row, "queue", String.class),
                required(row, "kind", String.class),
                required(row, "priority", Integer.class),
                required(row, "attempts", Integer.class),
                required(row, "stalls", Integer.class),
                new Retries(
                        required(row, "max_attempts", Integer.class),
                        Duration.ofMillis(required(row, "backoff_ms", Long.class))),
                required(row, "repeatable", Boolean.class),
                required(row, "fence", Long.class),
                Instant.EPOCH.plus(required(row, "due_micros", Long.class), ChronoUnit.MICROS),
                row.get("expires_at", Instant.class),
                required(row, "payload", String.class),
                row.get("sealed", String.class),
                row.get("traceparent", String.class));
    }

    private static DatabaseClient.GenericExecuteSpec bindAll(
            DatabaseClient.GenericExecuteSpec sql, Collection<Job> jobs) {
        return sql.bind("ids", jobs.stream().map(Job::id).toArray(UUID[]::new))
                .bind("fences", jobs.stream().map(Job::fence).toArray(Long[]::new));
    }

    private static DatabaseClient.GenericExecuteSpec bind(
            DatabaseClient.GenericExecuteSpec sql, String name, @Nullable Integer value) {
        return value == null ? sql.bindNull(name, Integer.class) : sql.bind(name, value);
    }
}
