package dev.frontdesk.notification.queues;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.postgres.TransactionLock;
import dev.frontdesk.notification.jobs.BatchedStatements;
import dev.frontdesk.notification.jobs.BuiltInQueue.AddedBy;
import dev.frontdesk.notification.jobs.BuiltInQueues;
import dev.frontdesk.notification.jobs.WorkMode;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * The queues of tenants. A built-in queue has a row only once it is configured; queues that a tenant created always
 * have one.
 */
@Repository
public class Queues {

    /** Maximum number of queues that a tenant may create. */
    static final int MOST = 100;

    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String FIND = """
            SELECT q.* FROM unnest(CAST(:tenants AS text[]), CAST(:names AS text[])) AS asked(tenant, name)
            JOIN queues q ON q.tenant = asked.tenant AND q.name = asked.name
            """;
    private static final String ALL = "SELECT * FROM queues WHERE tenant = :tenant ORDER BY name";

    /** Each added job looks its queue up; look-ups that arrive together share a statement. */
    private static final int LOOK_UPS = 200;

    private static final int LOOK_UPS_AT_ONCE = 3;

    /** With the wait for its turn. */
    private static final Duration GIVE_UP = TIMEOUT.multipliedBy(2);

    private static final int MOST_WAITING = 10_000;

    /** For the count of a tenant's queues. */
    private static final TransactionLock LOCK = new TransactionLock("queues");

    /** Writes nothing if the tenant already has the maximum number of queues. */
    private static final String PUT = """
            INSERT INTO queues (tenant, name, worked, push_url, push_legacy_signature, push_secret, attempts, backoff_ms, max_stalls,
                                keep_completed, keep_failed)
            SELECT :tenant, :name, :worked, :pushUrl, :pushLegacySignature, :pushSecret, :attempts, :backoffMs, :maxStalls,
                   :keepCompleted, :keepFailed
            WHERE :builtIn OR EXISTS (SELECT 1 FROM queues WHERE tenant = :tenant AND name = :name)
               OR (SELECT count(*) FROM queues WHERE tenant = :tenant AND name <> ALL (:builtInNames)) < :most
            ON CONFLICT (tenant, name) DO UPDATE SET
                worked = excluded.worked, push_url = excluded.push_url,
                push_legacy_signature = excluded.push_legacy_signature,
                push_secret = coalesce(queues.push_secret, excluded.push_secret), attempts = excluded.attempts,
                backoff_ms = excluded.backoff_ms, max_stalls = excluded.max_stalls,
                keep_completed = excluded.keep_completed, keep_failed = excluded.keep_failed
            RETURNING *, xmax = 0 AS made, coalesce(push_secret = :pushSecret, false) AS secret_taken
            """;

    /** Does not create a queue again that the tenant has deleted in the meantime. */
    private static final String PAUSE = """
            INSERT INTO queues (tenant, name, paused)
            SELECT :tenant, :name, :paused
            WHERE :builtIn OR EXISTS (SELECT 1 FROM queues WHERE tenant = :tenant AND name = :name)
            ON CONFLICT (tenant, name) DO UPDATE SET paused = excluded.paused
            """;

    private static final String LIMIT = """
            INSERT INTO queues (tenant, name, rate_limit, rate_window_ms)
            SELECT :tenant, :name, :limit, :windowMs
            WHERE :builtIn OR EXISTS (SELECT 1 FROM queues WHERE tenant = :tenant AND name = :name)
            ON CONFLICT (tenant, name) DO UPDATE
            SET rate_limit = excluded.rate_limit, rate_window_ms = excluded.rate_window_ms
            """;

    /** Leaves the rate limit, which is the operator's. */
    private static final String RESET = """
            UPDATE queues SET paused = false, worked = NULL, push_url = NULL, push_legacy_signature = false, push_secret = NULL,
                push_secret_before = NULL, push_secret_changed_at = NULL, attempts = NULL,
                backoff_ms = NULL, max_stalls = NULL, keep_completed = NULL, keep_failed = NULL
            WHERE tenant = :tenant AND name = :name
            """;

    /**
     * Does nothing while jobs in the queue are still to be done. Expired jobs do not count unless they are active, even
     * if their end is not stored yet.
     */
    private static final String DELETE = """
            WITH gone AS (
                DELETE FROM queues WHERE tenant = :tenant AND name = :name AND NOT EXISTS (
                    SELECT 1 FROM jobs
                    WHERE tenant = :tenant AND queue = :name AND state IN ('waiting', 'delayed', 'active')
                      AND (state = 'active' OR expires_at IS NULL OR expires_at > now()))
                RETURNING name)
            DELETE FROM jobs USING gone
            WHERE jobs.tenant = :tenant AND jobs.queue = gone.name
              AND (jobs.finished_at IS NOT NULL OR jobs.state IN ('waiting', 'delayed') AND jobs.expires_at <= now())
            RETURNING jobs.id
            """;

    /**
     * @param made whether the queue was created
     * @param secretTaken whether the offered secret is now the queue's
     */
    record Put(Queue queue, boolean made, boolean secretTaken) {}

    private record Asked(String tenant, String name) {}

    private final BuiltInQueues builtIn;

    /** The built-in queues as they are for a tenant that has set nothing. */
    private final List<Queue> untouched;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final BatchedStatements<Asked, Optional<Queue>> finding =
            new BatchedStatements<>(this::find, _ -> 1, LOOK_UPS, LOOK_UPS, LOOK_UPS_AT_ONCE, MOST_WAITING);

    Queues(BuiltInQueues builtIn, DatabaseClient database, TransactionalOperator transaction) {
        this.builtIn = builtIn;
        this.untouched = builtIn.names().stream()
                .map(QueueName::new)
                .map(name -> Queue.untouched(name, builtIn.addedBy(name.value())))
                .toList();
        this.database = database;
        this.transaction = transaction;
    }

    /** Empty if the tenant has no such queue. */
    Mono<Queue> find(TenantId tenant, QueueName name) {
        return finding.run(new Asked(tenant.value(), name.value()))
                .timeout(GIVE_UP)
                .flatMap(found -> Mono.justOrEmpty(found.or(() -> untouched.stream()
                        .filter(queue -> queue.name().equals(name))
                        .findFirst())));
    }

    private Mono<List<Optional<Queue>>> find(List<Asked> asked) {
        var distinct = List.copyOf(new LinkedHashSet<>(asked));
        return database.sql(FIND)
                .bind("tenants", distinct.stream().map(Asked::tenant).toArray(String[]::new))
                .bind("names", distinct.stream().map(Asked::name).toArray(String[]::new))
                .map(row -> Map.entry(
                        new Asked(required(row, "tenant", String.class), required(row, "name", String.class)),
                        queue(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(found -> asked.stream()
                        .map(it -> Optional.ofNullable(found.get(it)))
                        .toList())
                .timeout(TIMEOUT);
    }

    /** Returns all queues by name, including the built-in ones. */
    Mono<List<Queue>> all(TenantId tenant) {
        return database.sql(ALL)
                .bind("tenant", tenant.value())
                .map(this::queue)
                .all()
                .collectList()
                .timeout(TIMEOUT)
                .map(this::withTheBuiltIn);
    }

    private List<Queue> withTheBuiltIn(List<Queue> own) {
        Map<String, Queue> all = new TreeMap<>();
        untouched.forEach(queue -> all.put(queue.name().value(), queue));
        own.forEach(queue -> all.put(queue.name().value(), queue));
        return new ArrayList<>(all.values());
    }

    /**
     * Empty if the tenant has already created the maximum number of queues.
     *
     * @param pushSecret sealed, used if the queue has none; null if none is needed
     */
    Mono<Put> put(
            TenantId tenant,
            QueueName name,
            @Nullable WorkMode workMode,
            QueueSettings settings,
            @Nullable String pushSecret) {
        var put = database.sql(PUT)
                .bind("tenant", tenant.value())
                .bind("name", name.value())
                .bind("builtIn", isBuiltIn(name))
                .bind("most", MOST)
                .bind("builtInNames", builtIn.names().toArray(String[]::new))
                .bind("worked", Parameters.in(R2dbcType.VARCHAR, workMode == null ? null : workMode.word()))
                .bind("pushUrl", Parameters.in(R2dbcType.VARCHAR, settings.pushUrl()))
                .bind("pushLegacySignature", Boolean.TRUE.equals(settings.pushLegacySignature()))
                .bind("pushSecret", Parameters.in(R2dbcType.VARCHAR, pushSecret))
                .bind("attempts", Parameters.in(R2dbcType.INTEGER, settings.maxAttempts()))
                .bind("backoffMs", Parameters.in(R2dbcType.BIGINT, settings.backoffMs()))
                .bind("maxStalls", Parameters.in(R2dbcType.INTEGER, settings.maxStalls()))
                .bind("keepCompleted", Parameters.in(R2dbcType.INTEGER, settings.keepCompleted()))
                .bind("keepFailed", Parameters.in(R2dbcType.INTEGER, settings.keepFailed()))
                .map(row -> new Put(
                        queue(row), required(row, "made", Boolean.class), required(row, "secret_taken", Boolean.class)))
                .one();
        return LOCK.lock(database, tenant.value())
                .then(put)
                .as(transaction::transactional)
                .timeout(TIMEOUT);
    }

    Mono<Void> pause(TenantId tenant, QueueName name, boolean paused) {
        return named(PAUSE, tenant, name)
                .bind("builtIn", isBuiltIn(name))
                .bind("paused", paused)
                .then()
                .timeout(TIMEOUT);
    }

    /** @param limit null for the configured limit */
    Mono<Void> limit(TenantId tenant, QueueName name, @Nullable Integer limit, @Nullable Long windowMs) {
        return named(LIMIT, tenant, name)
                .bind("builtIn", isBuiltIn(name))
                .bind("limit", Parameters.in(R2dbcType.INTEGER, limit))
                .bind("windowMs", Parameters.in(R2dbcType.BIGINT, windowMs))
                .then()
                .timeout(TIMEOUT);
    }

    /**
     * Deletes the settings of a queue, and a queue that the tenant created.
     *
     * @return false if a queue that the tenant created still has jobs to be done
     */
    Mono<Boolean> delete(TenantId tenant, QueueName name) {
        if (isBuiltIn(name)) {
            return named(RESET, tenant, name).then().timeout(TIMEOUT).thenReturn(true);
        }
        return named(DELETE, tenant, name)
                .then()
                .timeout(TIMEOUT)
                .then(find(tenant, name).hasElement())
                .map(there -> !there);
    }

    private DatabaseClient.GenericExecuteSpec named(String sql, TenantId tenant, QueueName name) {
        return database.sql(sql).bind("tenant", tenant.value()).bind("name", name.value());
    }

    private boolean isBuiltIn(QueueName name) {
        return builtIn.has(name.value());
    }

    private Queue queue(Readable row) {
        var name = new QueueName(required(row, "name", String.class));
        AddedBy addedBy = builtIn.addedBy(name.value());
        String workMode = row.get("worked", String.class);
        return new Queue(
                name,
                isBuiltIn(name),
                addedBy,
                required(row, "paused", Boolean.class),
                workMode == null ? WorkMode.usual(addedBy) : WorkMode.read(workMode),
                row.get("push_url", String.class),
                required(row, "push_legacy_signature", Boolean.class),
                row.get("attempts", Integer.class),
                row.get("backoff_ms", Long.class),
                row.get("max_stalls", Integer.class),
                row.get("rate_limit", Integer.class),
                row.get("rate_window_ms", Long.class),
                row.get("keep_completed", Integer.class),
                row.get("keep_failed", Integer.class));
    }
}
