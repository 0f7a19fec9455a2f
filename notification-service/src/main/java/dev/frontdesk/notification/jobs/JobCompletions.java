package dev.frontdesk.notification.jobs;

import static dev.frontdesk.kit.postgres.Rows.required;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Stores the outcomes of attempts. Each outcome names the fence of its claim; it has no effect if a later claim was
 * made or the job was cancelled.
 */
@Repository
class JobCompletions {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BATCH = 500;
    private static final int BATCHES_AT_ONCE = 2;

    /** Characters of results plus a small overhead per item: limits for one statement and for all waiting items. */
    private static final int BATCH_WEIGHT = 4_000_000;

    private static final int MOST_WAITING = 64_000_000;
    private static final int OWN_WEIGHT = 200;

    /**
     * A delayed job is due at its expiry at the latest, so that an expired job ends, and loses its secret, in time. A
     * job that is delayed without a reason was not tried and does not count for the rate limit. A job with a lease is
     * active; with a condition on the state, the planner might read the index of all leases with its dead entries.
     */
    private static final String END = JobClaims.HELD + """
            , ended AS (
            UPDATE jobs AS j
            SET state = e.state,
                lease_until = NULL,
                result = CAST(e.result AS jsonb),
                attempts = CASE WHEN e.state = 'delayed' AND e.reason IS NULL THEN j.attempts - 1 ELSE j.attempts END,
                failure = CASE WHEN e.state = 'delayed' THEN coalesce(e.reason, j.failure) ELSE e.reason END,
                progress = CASE WHEN e.state = 'completed' AND j.progress IS NOT NULL THEN 100 ELSE j.progress END,
                due_at = CASE WHEN e.state = 'delayed'
                              THEN least(clock_timestamp() + e.wait_ms * interval '1 millisecond', j.expires_at)
                              ELSE j.due_at END,
                finished_at = CASE WHEN e.state = 'delayed' THEN NULL ELSE clock_timestamp() END,
                sealed = CASE WHEN e.state = 'delayed' THEN j.sealed END,
                history = CASE WHEN e.reason IS NULL THEN j.history ELSE
                    j.history || jsonb_build_object(
                        'attempt', j.attempts, 'worker', j.worker, 'started_at', j.started_at,
                        'ended_at', clock_timestamp(), 'reason', e.reason,
                        'outcome', CASE WHEN e.state = 'delayed' THEN 'retried' ELSE e.state END) END
            FROM unnest(CAST(:ids AS uuid[]), CAST(:fences AS bigint[]), CAST(:states AS text[]), CAST(:results AS text[]),
                        CAST(:reasons AS text[]), CAST(:waits AS bigint[])) AS e(id, fence, state, result, reason, wait_ms)
            WHERE j.id = ANY(ARRAY(SELECT id FROM held)) AND j.id = e.id AND j.fence = e.fence
            RETURNING j.id, j.fence, j.queue, j.tenant, j.started_at, e.state = 'delayed' AND e.reason IS NULL AS postponed),
            returned AS (
                SELECT return_rate(queue, tenant, claimed_at) AS jobs
                FROM (SELECT queue, tenant, array_agg(started_at) AS claimed_at FROM ended
                      WHERE postponed GROUP BY queue, tenant ORDER BY queue, tenant) AS lanes)
            SELECT id, fence, (SELECT sum(jobs) FROM returned) AS postponed FROM ended
            """;

    private record Claim(UUID id, long fence) {}

    private record Ending(UUID id, long fence, Outcome outcome) {

        String state() {
            return outcome.state();
        }

        int weight() {
            String result = result();
            return OWN_WEIGHT + (result == null ? 0 : result.length());
        }

        @Nullable String result() {
            return outcome instanceof Outcome.Done(String result) ? result : null;
        }

        @Nullable String reason() {
            return switch (outcome) {
                case Outcome.Done _, Outcome.Accepted _, Outcome.Postponed _ -> null;
                case Outcome.Failed(String reason) -> reason;
                case Outcome.Unknown(String reason) -> reason;
                case Outcome.Again again -> again.reason();
            };
        }

        long waitMillis() {
            return switch (outcome) {
                case Outcome.Again again -> again.pause().toMillis();
                case Outcome.Postponed postponed -> postponed.pause().toMillis();
                default -> 0;
            };
        }
    }

    private final DatabaseClient database;
    private final JobSignals signals;
    private final BatchedStatements<Ending, Boolean> ending =
            new BatchedStatements<>(this::write, Ending::weight, BATCH, BATCH_WEIGHT, BATCHES_AT_ONCE, MOST_WAITING);

    JobCompletions(DatabaseClient database, JobSignals signals) {
        this.database = database;
        this.signals = signals;
    }

    /** @return false if the claim was lost in the meantime */
    Mono<Boolean> end(UUID id, long fence, Outcome outcome) {
        return ending.run(new Ending(id, fence, outcome)).doOnNext(_ -> {
            if (outcome.state().equals("delayed")) {
                signals.tellOfDelay();
            }
        });
    }

    private Mono<List<Boolean>> write(List<Ending> endings) {
        return database.sql(END)
                .bind("ids", endings.stream().map(Ending::id).toArray(UUID[]::new))
                .bind("fences", endings.stream().map(Ending::fence).toArray(Long[]::new))
                .bind("states", endings.stream().map(Ending::state).toArray(String[]::new))
                .bind("results", endings.stream().map(Ending::result).toArray(String[]::new))
                .bind("reasons", endings.stream().map(Ending::reason).toArray(String[]::new))
                .bind("waits", endings.stream().map(Ending::waitMillis).toArray(Long[]::new))
                .map(row -> new Claim(required(row, "id", UUID.class), required(row, "fence", Long.class)))
                .all()
                .collect(HashSet<Claim>::new, Set::add)
                .map(ended -> endings.stream()
                        .map(it -> ended.contains(new Claim(it.id(), it.fence())))
                        .toList())
                .timeout(TIMEOUT);
    }
}
