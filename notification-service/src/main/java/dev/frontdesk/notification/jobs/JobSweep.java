package dev.frontdesk.notification.jobs;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Applies the passing of time to all queues: signals a queue with millisecond precision when one of its jobs becomes due,
 * moves jobs to waiting that stay unclaimed, ends expired jobs, and takes jobs over from workers that are gone. All
 * instances sweep; row locks ensure that a job is moved only once.
 */
@Component
class JobSweep extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(JobSweep.class);
    private static final int BATCH = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** How far ahead due times are read. */
    private static final Duration AHEAD = Duration.ofMillis(100);

    /** The next read comes a little before the times of the last one are over. */
    private static final Duration OVERLAP = Duration.ofMillis(20);

    /** Claims take delayed jobs that are due; this long after its due time a job is moved. */
    private static final Duration UNCLAIMED = Duration.ofMillis(250);

    private static final int DUE_TIMES = 5_000;

    /** One row per queue and millisecond. */
    private static final String COMING_DUE = """
            SELECT DISTINCT queue,
                   CAST(greatest(0, ceil(extract(epoch FROM due_at - clock_timestamp()) * 1000)) AS bigint) AS wait_ms
            FROM (SELECT queue, due_at FROM jobs
                  WHERE state = 'delayed' AND due_at > now() - interval '%d milliseconds'
                    AND due_at <= now() + interval '%d milliseconds'
                  ORDER BY due_at LIMIT %d) AS coming
            """.formatted(UNCLAIMED.toMillis(), AHEAD.toMillis(), DUE_TIMES);

    private static final String NEXT_DUE = """
            SELECT CAST(greatest(0, ceil(extract(epoch FROM due_at - clock_timestamp()) * 1000)) AS bigint) AS wait_ms
            FROM jobs WHERE state = 'delayed' AND due_at > now() + interval '%d milliseconds' ORDER BY due_at LIMIT 1
            """.formatted(AHEAD.toMillis());

    /** Among waiting jobs the most urgent comes first, among delayed ones that are due the earliest. */
    private static final String MOVE = """
            WITH due AS MATERIALIZED (
                SELECT id FROM jobs WHERE state = 'delayed' AND due_at <= now() - interval '%d milliseconds'
                ORDER BY due_at, priority, seq LIMIT %d FOR UPDATE SKIP LOCKED),
            moved AS (
                UPDATE jobs SET state = 'waiting' WHERE id = ANY(ARRAY(SELECT id FROM due)) RETURNING queue)
            SELECT queue, count(*) AS jobs FROM moved GROUP BY queue
            """.formatted(UNCLAIMED.toMillis(), BATCH);

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

    private static final String TAKE_OVER = """
            WITH lost AS MATERIALIZED (
                SELECT j.id, CASE WHEN NOT j.repeatable THEN 'unknown'
                                  WHEN j.stalls < coalesce(q.max_stalls, :maxStalls) THEN 'waiting'
                                  ELSE 'failed' END AS next
                FROM jobs j LEFT JOIN queues q ON q.tenant = j.tenant AND q.name = j.queue
                WHERE j.state = 'active' AND j.lease_until < now()
                ORDER BY j.lease_until LIMIT %d FOR UPDATE OF j SKIP LOCKED),
            taken AS (
                UPDATE jobs j
                SET state = lost.next, stalls = stalls + 1, lease_until = NULL,
                    failure = 'the worker that had it is gone',
                    finished_at = CASE WHEN lost.next = 'waiting' THEN NULL ELSE now() END,
                    sealed = CASE WHEN lost.next = 'waiting' THEN j.sealed END,
                    history = j.history || jsonb_build_object(
                        'attempt', j.attempts, 'worker', j.worker, 'started_at', j.started_at, 'ended_at', now(),
                        'reason', 'the worker that had it is gone', 'outcome', 'stalled')
                FROM lost WHERE j.id = lost.id
                RETURNING j.queue)
            SELECT queue, count(*) AS jobs FROM taken GROUP BY queue
            """.formatted(BATCH);

    private record Moved(String queue, long jobs) {}

    private record Due(String queue, Duration pause) {}

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
        Sinks.Many<Duration> waits = Sinks.many().multicast().directBestEffort();
        var takenOver = beats(properties.sweep()).concatMap(_ -> takeOver().onErrorResume(this::reported), 1);
        var ended = beats(properties.sweep()).concatMap(_ -> endExpired().onErrorResume(this::reported), 1);
        var moved = beats(properties.sweep()).concatMap(_ -> move().onErrorResume(this::reported), 1);
        var due = Flux.merge(
                        signals.delays(),
                        beats(properties.sweep()),
                        waits.asFlux().switchMap(Mono::delay))
                .onBackpressureLatest()
                .concatMap(_ -> signalDue().doOnNext(waits::tryEmitNext).onErrorResume(this::reported), 1)
                .thenMany(Flux.<Void>empty());
        return Flux.merge(takenOver, ended, moved, due);
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

    private Mono<Void> endExpired() {
        return inBatches(EXPIRE, ended -> log.warn("{}: {} jobs expired unprocessed", ended.queue(), ended.jobs()));
    }

    private Mono<Void> move() {
        return inBatches(MOVE, moved -> signals.tell(moved.queue()));
    }

    /** Until a batch is not full. */
    private Mono<Void> inBatches(String sql, Consumer<Moved> told) {
        Mono<Long> batch =
                unlessStopping(rows(sql).doOnNext(told).map(Moved::jobs).reduce(0L, Long::sum));
        return batch.expand(moved -> moved < BATCH ? Mono.empty() : batch).then();
    }

    /** @return time until the next read, if that is before the next beat */
    private Mono<Duration> signalDue() {
        return unlessStopping(comingDue().count().flatMap(times -> times > 0 ? Mono.just(AHEAD) : nextDue()))
                .map(wait -> wait.minus(OVERLAP))
                .filter(wait -> wait.compareTo(properties.sweep()) < 0);
    }

    private Flux<Due> comingDue() {
        return database.sql(COMING_DUE)
                .map(row -> new Due(
                        required(row, "queue", String.class), Duration.ofMillis(required(row, "wait_ms", Long.class))))
                .all()
                .timeout(TIMEOUT)
                .doOnNext(this::tellWhenDue);
    }

    /** If this instance stops before, other instances find the jobs with their next sweep. */
    private void tellWhenDue(Due due) {
        if (due.pause().isZero()) {
            signals.tell(due.queue());
        } else {
            Mono.delay(due.pause()).subscribe(_ -> signals.tell(due.queue()));
        }
    }

    private Mono<Duration> nextDue() {
        return database.sql(NEXT_DUE)
                .map(row -> Duration.ofMillis(required(row, "wait_ms", Long.class)))
                .one()
                .timeout(TIMEOUT);
    }

    private Flux<Moved> rows(String sql) {
        var call = database.sql(sql);
        return (sql.equals(TAKE_OVER) ? call.bind("maxStalls", properties.maxStalls()) : call)
                .map(row -> new Moved(required(row, "queue", String.class), required(row, "jobs", Long.class)))
                .all()
                .timeout(TIMEOUT);
    }
}
