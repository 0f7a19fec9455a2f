package dev.frontdesk.notification.jobs;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends expired jobs in all queues, and takes jobs over from workers that are gone. All instances sweep; row locks ensure
 * that a job is moved only once.
 */
@Component
class JobSweep extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(JobSweep.class);
    private static final int BATCH = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /**
     * Claims skip expired jobs, so only this statement ends those that wait. Such a job was not tried, so its history
     * stays unchanged.
     */
    private static final String EXPIRE = """
            WITH expired AS MATERIALIZED (
                SELECT id FROM jobs
                WHERE expires_at IS NOT NULL AND state IN ('waiting', 'delayed') AND expires_at <= now()
                ORDER BY expires_at LIMIT %d FOR UPDATE SKIP LOCKED),
            ended AS (
                UPDATE jobs SET state = 'failed', failure = 'expired', finished_at = now(), sealed = NULL
                WHERE id = ANY(ARRAY(SELECT id FROM expired)) RETURNING queue)
            SELECT queue, count(*) AS jobs FROM ended GROUP BY queue
            """.formatted(BATCH);

    /**
     * A job that its worker had claimed ahead and not begun was not tried. It fails when that has happened ten times:
     * it might be what ends its workers.
     */
    private static final String TAKE_OVER = """
            WITH lost AS MATERIALIZED (
                SELECT j.id, CASE WHEN j.claimed_ahead AND (
                                           SELECT count(*) FROM jsonb_array_elements(j.history) AS entry
                                           WHERE entry ->> 'outcome' = 'not_begun') >= 10 THEN 'failed'
                                  WHEN j.claimed_ahead THEN 'waiting'
                                  WHEN NOT j.repeatable THEN 'unknown'
                                  WHEN j.stalls < coalesce(q.max_stalls, :maxStalls) THEN 'waiting'
                                  ELSE 'failed' END AS next
                FROM jobs j LEFT JOIN queues q ON q.tenant = j.tenant AND q.name = j.queue
                WHERE j.state = 'active' AND j.lease_until < now()
                ORDER BY j.lease_until LIMIT %d FOR UPDATE OF j SKIP LOCKED),
            taken AS (
                UPDATE jobs j
                SET state = lost.next, lease_until = NULL,
                    stalls = CASE WHEN j.claimed_ahead THEN j.stalls ELSE j.stalls + 1 END,
                    attempts = CASE WHEN j.claimed_ahead THEN j.attempts - 1 ELSE j.attempts END,
                    failure = 'the worker that had it is gone',
                    finished_at = CASE WHEN lost.next = 'waiting' THEN NULL ELSE now() END,
                    sealed = CASE WHEN lost.next = 'waiting' THEN j.sealed END,
                    history = j.history || jsonb_build_object(
                        'attempt', j.attempts, 'worker', j.worker, 'started_at', j.started_at, 'ended_at', now(),
                        'reason', 'the worker that had it is gone',
                        'outcome', CASE WHEN j.claimed_ahead THEN 'not_begun' ELSE 'stalled' END)
                FROM lost WHERE j.id = lost.id
                RETURNING j.queue)
            SELECT queue, count(*) AS jobs FROM taken GROUP BY queue
            """.formatted(BATCH);

    private record Moved(String queue, long jobs) {}

    private final DatabaseClient database;
    private final JobSignals signals;
    private final JobProperties properties;

    JobSweep(DatabaseClient database, JobSignals signals, JobProperties properties) {
        super("job sweep");
        this.database = database;
        this.signals = signals;
        this.properties = properties;
    }

    @Override
    protected Flux<Void> work() {
        var takenOver = beats(properties.sweep()).concatMap(_ -> takeOver().onErrorResume(this::reported), 1);
        var ended = beats(properties.sweep()).concatMap(_ -> endExpired().onErrorResume(this::reported), 1);
        return Flux.merge(takenOver, ended);
    }

    private Mono<Void> takeOver() {
        return rows(TAKE_OVER)
                .doOnNext(moved -> signals.tell(moved.queue()))
                .doOnNext(moved ->
                        log.warn("{}: took over {} jobs whose worker has stopped", moved.queue(), moved.jobs()))
                .then()
                // This statement runs with every beat, even if no job comes due.
                .doOnSuccess(_ -> recovered());
    }

    /** Ends expired jobs in batches until none are left. */
    private Mono<Void> endExpired() {
        return endSomeExpired()
                .expand(ended -> ended < BATCH ? Mono.empty() : endSomeExpired())
                .then();
    }

    private Mono<Long> endSomeExpired() {
        return unlessStopping(rows(EXPIRE)
                .doOnNext(ended -> log.warn("{}: {} jobs expired unprocessed", ended.queue(), ended.jobs()))
                .map(Moved::jobs)
                .reduce(0L, Long::sum));
    }

    private Flux<Moved> rows(String sql) {
        var call = database.sql(sql);
        return (sql.equals(TAKE_OVER) ? call.bind("maxStalls", properties.maxStalls()) : call)
                .map(row -> new Moved(required(row, "queue", String.class), required(row, "jobs", Long.class)))
                .all()
                .timeout(TIMEOUT);
    }
}
