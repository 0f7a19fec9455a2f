package dev.frontdesk.notification.queues;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Looks at jobs. */
@Repository
class StoredJobs {

    private static final String FIND = """
            SELECT %s, 0 AS position_rank, created_at AS position_time,
                   CAST(payload AS text) AS payload, CAST(result AS text) AS result, CAST(history AS text) AS history
            FROM jobs WHERE tenant = :tenant AND queue = :queue AND id = :id
            """.formatted(StoredJob.COLUMNS);

    private final DatabaseClient database;

    StoredJobs(DatabaseClient database) {
        this.database = database;
    }

    /** Empty when there is none in this queue of the tenant's. */
    Mono<StoredJob> find(TenantId tenant, QueueName queue, UUID id) {
        return database.sql(FIND)
                .bind("tenant", tenant.value())
                .bind("queue", queue.value())
                .bind("id", id)
                .map(row -> whole(row, queue))
                .one()
                .timeout(Queues.TIMEOUT);
    }

    /** @return one more than the limit when there is a next page */
    Mono<List<StoredJob>> list(
            TenantId tenant, QueueName queue, JobState state, int limit, @Nullable JobPosition after) {
        var list = database.sql(sql(state, after != null))
                .bind("tenant", tenant.value())
                .bind("queue", queue.value())
                .bind("limit", limit + 1);
        if (after != null) {
            list = list.bind("rank", after.rank()).bind("time", after.time()).bind("after", after.id());
        }
        return list.map(row -> StoredJob.read(row, null, null, null))
                .all()
                .collectList()
                .timeout(Queues.TIMEOUT);
    }

    /** The state is a constant in it, so that the planner knows which partial index fits. */
    private static String sql(JobState state, boolean goesOn) {
        String order = state.ascending() ? "" : " DESC";
        String from = "(%s, %s, id) %s (:rank, :time, :after)"
                .formatted(state.rank(), state.time(), state.ascending() ? ">" : "<");
        return """
                SELECT %1$s, CAST(%2$s AS int) AS position_rank, %3$s AS position_time
                FROM jobs WHERE tenant = :tenant AND queue = :queue AND state = '%4$s' %5$s %6$s
                ORDER BY %7$s %3$s%8$s, id%8$s
                LIMIT :limit
                """.formatted(
                        StoredJob.COLUMNS,
                        state.rank(),
                        state.time(),
                        state.word(),
                        state.ascending() ? "" : "AND finished_at IS NOT NULL",
                        goesOn ? "AND " + from : "",
                        state == JobState.WAITING ? "priority," : "",
                        order);
    }

    private static StoredJob whole(Readable row, QueueName queue) {
        return StoredJob.read(
                row,
                queue.isFromInside() ? null : required(row, "payload", String.class),
                row.get("result", String.class),
                required(row, "history", String.class));
    }
}
