package dev.frontdesk.notification.jobs;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Signals a queue in the millisecond in which one of its delayed jobs becomes due; claims then take it as it is. Moves to
 * waiting what stays unclaimed, because claims look only at the earliest of the delayed jobs. All instances do both.
 */
@Component
class DueJobs extends BackgroundWork {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** How far ahead due times are read. */
    private static final Duration AHEAD = Duration.ofMillis(100);

    /** The next read comes a little before the times of the last one are over. */
    private static final Duration OVERLAP = Duration.ofMillis(20);

    /** A job is moved this long after its due time. */
    private static final Duration UNCLAIMED = Duration.ofMillis(250);

    /** So many unclaimed jobs are moved at once, so that claims and reads of due times see past them. */
    private static final int BACKLOG = 1_000;

    private static final int BATCH = 1_000;

    /** One row per queue and millisecond. */
    private static final String COMING_DUE = """
            SELECT queue, due_ms,
                   CAST(greatest(0, ceil(due_ms - extract(epoch FROM clock_timestamp()) * 1000)) AS bigint) AS wait_ms
            FROM (SELECT DISTINCT queue, CAST(ceil(extract(epoch FROM due_at) * 1000) AS bigint) AS due_ms
                  FROM (SELECT queue, due_at FROM jobs
                        WHERE state = 'delayed' AND due_at > now() - interval '%d milliseconds'
                          AND due_at <= now() + interval '%d milliseconds'
                        ORDER BY due_at LIMIT 5000) AS coming) AS times
            """.formatted(UNCLAIMED.toMillis(), AHEAD.toMillis());

    private static final String NEXT_DUE = """
            SELECT CAST(greatest(0, ceil(extract(epoch FROM due_at - clock_timestamp()) * 1000)) AS bigint) AS wait_ms
            FROM jobs WHERE state = 'delayed' AND due_at > now() + interval '%d milliseconds' ORDER BY due_at LIMIT 1
            """.formatted(AHEAD.toMillis());

    private static final String MOVE = """
            WITH due AS MATERIALIZED (
                SELECT id FROM jobs
                WHERE state = 'delayed' AND due_at <= now() - CASE
                    WHEN EXISTS (SELECT 1 FROM jobs WHERE state = 'delayed' AND due_at <= now()
                                 ORDER BY due_at OFFSET %d LIMIT 1) THEN interval '0'
                    ELSE interval '%d milliseconds' END
                ORDER BY due_at, priority, seq LIMIT %d FOR UPDATE SKIP LOCKED),
            moved AS (
                UPDATE jobs SET state = 'waiting' WHERE id = ANY(ARRAY(SELECT id FROM due)) RETURNING queue)
            SELECT queue, count(*) AS jobs FROM moved GROUP BY queue
            """.formatted(BACKLOG - 1, UNCLAIMED.toMillis(), BATCH);

    private record Due(String queue, long epochMillis) {}

    private final DatabaseClient database;
    private final JobSignals signals;
    private final Duration sweep;

    /** The due times for which a timer runs. */
    private final Set<Due> timed = ConcurrentHashMap.newKeySet();

    /** Whether this instance has delayed a job that the others may not have read. */
    private final AtomicBoolean delayedHere = new AtomicBoolean();

    DueJobs(DatabaseClient database, JobSignals signals, JobProperties properties) {
        super("signals of due jobs");
        this.database = database;
        this.signals = signals;
        this.sweep = properties.sweep();
    }

    @Override
    protected Flux<Void> work() {
        Sinks.Many<Duration> waits = Sinks.many().multicast().directBestEffort();
        return Flux.merge(
                        signals.delays().doOnNext(_ -> delayedHere.set(true)),
                        beats(sweep),
                        waits.asFlux().switchMap(Mono::delay))
                .onBackpressureLatest()
                .concatMap(
                        _ -> move().then(signalDue())
                                .doOnNext(waits::tryEmitNext)
                                .onErrorResume(this::reported),
                        1)
                .thenMany(Flux.empty());
    }

    private Mono<Void> move() {
        return moveSome()
                .expand(moved -> moved < BATCH ? Mono.empty() : moveSome())
                .then();
    }

    private Mono<Long> moveSome() {
        return unlessStopping(database.sql(MOVE)
                .map(row -> {
                    signals.tell(required(row, "queue", String.class));
                    return required(row, "jobs", Long.class);
                })
                .all()
                .timeout(TIMEOUT)
                .reduce(0L, Long::sum));
    }

    /** @return time until the next read, if that is before the next beat */
    private Mono<Duration> signalDue() {
        return unlessStopping(Mono.defer(() -> comingDue(delayedHere.getAndSet(false)))
                        .flatMap(times -> times > 0 ? Mono.just(AHEAD) : nextDue()))
                .doOnSuccess(_ -> recovered())
                .map(wait -> wait.minus(OVERLAP))
                .filter(wait -> wait.compareTo(sweep) < 0);
    }

    /**
     * @param tellOthers other instances read the same times, except for a job that was delayed here just now
     * @return number of due times
     */
    private Mono<Long> comingDue(boolean tellOthers) {
        return database.sql(COMING_DUE)
                .map(row -> {
                    var due = new Due(required(row, "queue", String.class), required(row, "due_ms", Long.class));
                    signalLater(due, Duration.ofMillis(required(row, "wait_ms", Long.class)), tellOthers);
                    return due;
                })
                .all()
                .timeout(TIMEOUT)
                .doOnError(_ -> delayedHere.compareAndSet(false, tellOthers))
                .count();
    }

    /** If this instance stops before, other instances have read the time too, or move the job. */
    private void signalLater(Due due, Duration wait, boolean tellOthers) {
        if (!timed.add(due)) {
            return;
        }
        Mono.delay(wait).subscribe(_ -> {
            timed.remove(due);
            if (tellOthers) {
                signals.tell(due.queue());
            } else {
                signals.tellHere(due.queue());
            }
        });
    }

    private Mono<Duration> nextDue() {
        return database.sql(NEXT_DUE)
                .map(row -> Duration.ofMillis(required(row, "wait_ms", Long.class)))
                .one()
                .timeout(TIMEOUT);
    }
}
