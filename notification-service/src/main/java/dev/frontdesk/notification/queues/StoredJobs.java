package dev.frontdesk.notification.queues;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.jobs.BuiltInQueue.AddedBy;
import dev.frontdesk.notification.jobs.BuiltInQueues;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads jobs. */
@Repository
class StoredJobs {

    private static final String FIND = """
            SELECT %s, created_at AS position_time,
                   CAST(payload AS text) AS payload, CAST(result AS text) AS result, CAST(history AS text) AS history
            FROM jobs WHERE tenant = :tenant AND queue = :queue AND id = :id
            """.formatted(StoredJob.COLUMNS);

    private static final TypeReference<List<StoredJob.EndedAttempt>> HISTORY = new TypeReference<>() {};

    private final BuiltInQueues builtIn;
    private final DatabaseClient database;
    private final JsonMapper json;

    StoredJobs(BuiltInQueues builtIn, DatabaseClient database, JsonMapper json) {
        this.builtIn = builtIn;
        this.database = database;
        this.json = json;
    }

    /** Empty if the tenant's queue has no such job. */
    Mono<StoredJob> find(TenantId tenant, QueueName queue, UUID id) {
        return database.sql(FIND)
                .bind("tenant", tenant.value())
                .bind("queue", queue.value())
                .bind("id", id)
                .map(row -> whole(row, queue))
                .one()
                .timeout(Queues.TIMEOUT);
    }

    /** @return one job more than the limit if there is a next page */
    Mono<List<StoredJob>> list(
            TenantId tenant, QueueName queue, JobState state, int limit, @Nullable JobPosition after) {
        var list = database.sql(sql(state, after != null))
                .bind("tenant", tenant.value())
                .bind("queue", queue.value())
                .bind("limit", limit + 1);
        if (after != null) {
            list = bind(list, state, after);
        }
        return list.map(row -> StoredJob.read(row, null, null, null))
                .all()
                .collectList()
                .timeout(Queues.TIMEOUT);
    }

    /** The state is a constant in the SQL, so that the planner can choose the partial index for it. */
    private static String sql(JobState state, boolean goesOn) {
        return """
                SELECT %s, %s AS position_time
                FROM jobs WHERE tenant = :tenant AND queue = :queue AND state = '%s' %s %s
                ORDER BY %s
                LIMIT :limit
                """.formatted(
                        StoredJob.COLUMNS,
                        state.time(),
                        state.word(),
                        state.hasEnded() ? "AND finished_at IS NOT NULL" : "",
                        goesOn ? "AND " + state.behind() : "",
                        state.order());
    }

    private static DatabaseClient.GenericExecuteSpec bind(
            DatabaseClient.GenericExecuteSpec list, JobState state, JobPosition after) {
        var bound = list.bind("seq", after.seq());
        if (state.orderedBy(JobState.Key.PRIORITY)) {
            bound = bound.bind("priority", after.priority());
        }
        if (state.orderedBy(JobState.Key.DUE)) {
            bound = bound.bind("due", after.dueAt());
        }
        if (state.orderedBy(JobState.Key.TIME) || state.orderedBy(JobState.Key.ENDED)) {
            bound = bound.bind("time", after.time());
        }
        return bound;
    }

    private StoredJob whole(Readable row, QueueName queue) {
        return StoredJob.read(
                row,
                // Only the service's own handlers read these payloads.
                builtIn.addedBy(queue.value()) == AddedBy.SERVICE ? null : required(row, "payload", String.class),
                row.get("result", String.class),
                json.readValue(required(row, "history", String.class), HISTORY));
    }
}
