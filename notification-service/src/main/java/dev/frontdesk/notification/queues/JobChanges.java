package dev.frontdesk.notification.queues;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.TimeRange;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Changes that people make to jobs. Each is one statement that checks the state and changes it. */
@Repository
class JobChanges {

    /** Maximum number of jobs that one call retries. */
    static final int MOST_AT_ONCE = 1_000;

    /** Increments the fence, so that reports of the job's worker are no longer accepted. */
    private static final String CANCEL = """
            UPDATE jobs
            SET state = 'cancelled', finished_at = now(), lease_until = NULL, sealed = NULL, fence = fence + 1,
                history = CASE WHEN state = 'active' THEN history || jsonb_build_object(
                    'attempt', attempts, 'worker', worker, 'started_at', started_at, 'ended_at', now(),
                    'outcome', 'cancelled') ELSE history END
            WHERE tenant = :tenant AND queue = :queue AND id = :id AND state IN ('waiting', 'delayed', 'active')
            RETURNING id
            """;

    private static final String PROMOTE = """
            UPDATE jobs SET state = 'waiting', due_at = now()
            WHERE tenant = :tenant AND queue = :queue AND id = :id AND state = 'delayed'
              AND (expires_at IS NULL OR expires_at > now())
            RETURNING id
            """;

    /** Gives the job all its attempts again; the earlier ones stay in its history. */
    private static final String RETRIED = """
            SET state = 'waiting', due_at = now(), finished_at = NULL, attempts = 0, stalls = 0, progress = NULL,
                result = NULL, failure = NULL,
                history = history || jsonb_build_object(
                    'attempt', attempts, 'ended_at', now(), 'outcome', 'retried by hand')
            """;

    /** Other jobs could not succeed: workers skip expired jobs, and a secret is deleted when its job ends. */
    private static final String CAN_BE_RETRIED =
            "((expires_at IS NULL OR expires_at > now()) AND NOT (with_secret AND sealed IS NULL))";

    private static final String RETRY = "UPDATE jobs " + RETRIED + """
            WHERE tenant = :tenant AND queue = :queue AND id = :id AND state IN ('failed', 'unknown', 'cancelled')
              AND %s
            RETURNING id
            """.formatted(CAN_BE_RETRIED);

    private static final String CHOSEN = """
            tenant = :tenant AND queue = :queue AND state = :state AND finished_at IS NOT NULL
              AND (CAST(:kind AS text) IS NULL OR kind = :kind)
              AND (CAST(:from AS timestamptz) IS NULL OR finished_at >= :from)
              AND (CAST(:to AS timestamptz) IS NULL OR finished_at < :to)
            """;

    private static final String RETRY_MANY = """
            WITH chosen AS MATERIALIZED (
                SELECT id FROM jobs WHERE %1$s AND %2$s
                ORDER BY finished_at, seq
                LIMIT %3$d
                FOR UPDATE SKIP LOCKED),
            retried AS (
                UPDATE jobs %4$s WHERE id = ANY(ARRAY(SELECT id FROM chosen)) RETURNING id)
            SELECT (SELECT count(*) FROM retried) AS retried,
                   (SELECT count(*) FROM jobs WHERE %1$s AND NOT %2$s) AS not_retryable
            """.formatted(CHOSEN, CAN_BE_RETRIED, MOST_AT_ONCE, RETRIED);

    private static final String STATE = """
            SELECT state, coalesce(expires_at <= now(), false) AS expired,
                   finished_at IS NOT NULL AND with_secret AND sealed IS NULL AS without_its_secret
            FROM jobs WHERE tenant = :tenant AND queue = :queue AND id = :id
            """;

    /** Filter for ended jobs; a null field does not filter. */
    record Choice(JobState state, @Nullable String kind, TimeRange ended) {}

    /**
     * Result for all jobs of a choice.
     *
     * @param retried at most as many as one call may retry
     * @param notRetryable jobs of the same choice that have expired, or that need the secret that was deleted
     */
    record Many(long retried, long notRetryable) {}

    /**
     * Result of a change.
     *
     * @param standing the job's current one, if nothing was changed
     */
    record Change(boolean made, Optional<Standing> standing) {}

    /**
     * @param expired whether the job is no longer worth doing
     * @param withoutItsSecret whether the job ended and its secret was deleted
     */
    record Standing(JobState state, boolean expired, boolean withoutItsSecret) {

        private static Standing read(Readable row) {
            return new Standing(
                    JobState.read(required(row, "state", String.class)),
                    required(row, "expired", Boolean.class),
                    required(row, "without_its_secret", Boolean.class));
        }

        /** Reason, for people, why the job cannot enter the wanted state. */
        String reasonAgainst(JobState wanted) {
            boolean mightBegin = wanted == JobState.WAITING && state != JobState.COMPLETED && state != JobState.ACTIVE;
            if (mightBegin && expired) {
                return "The job has expired.";
            }
            return mightBegin && withoutItsSecret
                    ? "The job's secret was erased when it ended, so it can't run again."
                    : "The job is " + state.word() + ".";
        }
    }

    private final DatabaseClient database;

    JobChanges(DatabaseClient database) {
        this.database = database;
    }

    /** Empty if there is no such job; the same for the other changes. */
    Mono<Change> cancel(TenantId tenant, QueueName queue, UUID id) {
        return change(CANCEL, tenant, queue, id);
    }

    Mono<Change> promote(TenantId tenant, QueueName queue, UUID id) {
        return change(PROMOTE, tenant, queue, id);
    }

    Mono<Change> retry(TenantId tenant, QueueName queue, UUID id) {
        return change(RETRY, tenant, queue, id);
    }

    Mono<Many> retry(TenantId tenant, QueueName queue, Choice choice) {
        return database.sql(RETRY_MANY)
                .bind("tenant", tenant.value())
                .bind("queue", queue.value())
                .bind("state", choice.state().word())
                .bind("kind", Parameters.in(R2dbcType.VARCHAR, choice.kind()))
                .bind(
                        "from",
                        Parameters.in(
                                R2dbcType.TIMESTAMP_WITH_TIME_ZONE,
                                choice.ended().from()))
                .bind(
                        "to",
                        Parameters.in(
                                R2dbcType.TIMESTAMP_WITH_TIME_ZONE,
                                choice.ended().to()))
                .map(row -> new Many(required(row, "retried", Long.class), required(row, "not_retryable", Long.class)))
                .one()
                .timeout(Queues.TIMEOUT);
    }

    private Mono<Change> change(String sql, TenantId tenant, QueueName queue, UUID id) {
        return named(sql, tenant, queue, id)
                .map(_ -> new Change(true, Optional.empty()))
                .one()
                .switchIfEmpty(named(STATE, tenant, queue, id)
                        .map(row -> new Change(false, Optional.of(Standing.read(row))))
                        .one())
                .timeout(Queues.TIMEOUT);
    }

    private DatabaseClient.GenericExecuteSpec named(String sql, TenantId tenant, QueueName queue, UUID id) {
        return database.sql(sql)
                .bind("tenant", tenant.value())
                .bind("queue", queue.value())
                .bind("id", id);
    }
}
