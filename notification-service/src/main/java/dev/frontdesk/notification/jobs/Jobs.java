package dev.frontdesk.notification.jobs;

import dev.frontdesk.kit.postgres.Rows;
import dev.frontdesk.kit.tracing.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Adds jobs. An added job is stored in PostgreSQL and will be done. Each call commits on its own, even inside a
 * transaction of the caller; a caller that may retry must give the job a key, so that it is added once.
 */
@Repository
public class Jobs {

    /** Maximum number of jobs in one call. */
    public static final int MOST_AT_ONCE = 1_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration GIVE_UP = TIMEOUT.multipliedBy(2);
    private static final int BATCH = 200;
    private static final int BATCHES_AT_ONCE = 3;

    /** Characters of payload plus a small overhead per job: limits for one statement and for all waiting jobs. */
    private static final int BATCH_WEIGHT = 4_000_000;

    private static final int MOST_WAITING = 64_000_000;
    private static final int OWN_WEIGHT = 500;

    /**
     * Jobs are numbered in the given order, but inserted in the order of their keys, so that two statements with the
     * same keys cannot deadlock.
     */
    private static final String ADD = """
            INSERT INTO jobs (id, seq, tenant, queue, kind, idempotency_key, priority, state, due_at, expires_at,
                              max_attempts, backoff_ms, repeatable, payload, sealed, with_secret, traceparent)
            WITH given AS MATERIALIZED (
                SELECT nextval('jobs_seq') AS seq, new.*
                FROM unnest(CAST(:ids AS uuid[]), CAST(:tenants AS text[]), CAST(:queues AS text[]), CAST(:kinds AS text[]),
                            CAST(:keys AS text[]), CAST(:priorities AS int[]), CAST(:due AS text[]), CAST(:expiries AS text[]),
                            CAST(:attempts AS int[]), CAST(:backoffs AS bigint[]), CAST(:repeatable AS boolean[]),
                            CAST(:payloads AS text[]), CAST(:sealed AS text[]), CAST(:traceparents AS text[]))
                  AS new(id, tenant, queue, kind, key, priority, due_at, expires_at, attempts, backoff_ms, repeatable,
                         payload, sealed, traceparent))
            SELECT id, seq, given.tenant, queue, kind, key, priority,
                   CASE WHEN CAST(due_at AS timestamptz) > now() THEN 'delayed' ELSE 'waiting' END,
                   coalesce(CAST(due_at AS timestamptz), now()), CAST(expires_at AS timestamptz),
                   coalesce(given.attempts, q.attempts, :defaultAttempts),
                   coalesce(given.backoff_ms, q.backoff_ms, :defaultBackoff), repeatable, CAST(payload AS jsonb), sealed, sealed IS NOT NULL, traceparent
            FROM given LEFT JOIN queues q ON q.tenant = given.tenant AND q.name = given.queue
            ORDER BY given.tenant, queue, key, seq
            ON CONFLICT (tenant, queue, idempotency_key) DO NOTHING
            RETURNING id
            """;

    private static final String OF_KEYS = """
            SELECT known.id AS asked, jobs.id
            FROM unnest(CAST(:ids AS uuid[]), CAST(:tenants AS text[]), CAST(:queues AS text[]), CAST(:keys AS text[]))
                 AS known(id, tenant, queue, key)
            JOIN jobs ON jobs.tenant = known.tenant AND jobs.queue = known.queue AND jobs.idempotency_key = known.key
            """;

    private record Draft(UUID id, NewJob job, @Nullable String traceparent) {}

    private final DatabaseClient database;
    private final JobSignals signals;
    private final BatchedStatements<Draft, JobReceipt> adding = new BatchedStatements<>(
            this::insert,
            draft -> draft.job().payload().length() + OWN_WEIGHT,
            BATCH,
            BATCH_WEIGHT,
            BATCHES_AT_ONCE,
            MOST_WAITING);

    Jobs(DatabaseClient database, JobSignals signals) {
        this.database = database;
        this.signals = signals;
    }

    /**
     * Completes when the job is stored. Fails with {@link java.util.concurrent.RejectedExecutionException} if too many
     * jobs wait for the database. If the caller cancels while its job waits, the job is not stored.
     */
    public Mono<JobReceipt> add(NewJob job) {
        return draft(job).flatMap(adding::run).timeout(GIVE_UP).doOnNext(_ -> tell(List.of(job)));
    }

    /**
     * Adds all jobs or none.
     *
     * @param jobs at most {@link #MOST_AT_ONCE}
     * @return receipts in the order of the jobs
     */
    public Mono<List<JobReceipt>> addAll(List<NewJob> jobs) {
        if (jobs.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException("more than " + MOST_AT_ONCE + " jobs");
        }
        return Flux.fromIterable(jobs)
                .concatMap(this::draft)
                .collectList()
                .flatMap(this::insert)
                .doOnNext(_ -> tell(jobs));
    }

    private void tell(List<NewJob> jobs) {
        jobs.stream().map(NewJob::queue).distinct().forEach(signals::tell);
        if (jobs.stream().anyMatch(job -> job.dueAt() != null)) {
            signals.tellOfDelay();
        }
    }

    private Mono<Draft> draft(NewJob job) {
        return Mono.deferContextual(
                context -> Mono.just(new Draft(TimeOrderedId.next(), job, TraceContext.traceparentIn(context))));
    }

    private Mono<List<JobReceipt>> insert(List<Draft> drafts) {
        if (drafts.isEmpty()) {
            return Mono.just(List.of());
        }
        return database.sql(ADD)
                .bind("ids", array(drafts, Draft::id, UUID[]::new))
                .bind("tenants", array(drafts, it -> it.job().tenant().value(), String[]::new))
                .bind("queues", array(drafts, it -> it.job().queue(), String[]::new))
                .bind("kinds", array(drafts, it -> it.job().kind(), String[]::new))
                .bind("keys", array(drafts, it -> it.job().key(), String[]::new))
                .bind("priorities", array(drafts, it -> it.job().priority(), Integer[]::new))
                .bind("due", array(drafts, it -> text(it.job().dueAt()), String[]::new))
                .bind("expiries", array(drafts, it -> text(it.job().expiresAt()), String[]::new))
                .bind("attempts", array(drafts, it -> attempts(it.job().retries()), Integer[]::new))
                .bind("backoffs", array(drafts, it -> backoffMillis(it.job().retries()), Long[]::new))
                .bind("defaultAttempts", Retries.DEFAULT.attempts())
                .bind("defaultBackoff", Retries.DEFAULT.firstBackoff().toMillis())
                .bind("repeatable", array(drafts, it -> it.job().repeatable(), Boolean[]::new))
                .bind("payloads", array(drafts, it -> it.job().payload(), String[]::new))
                .bind("sealed", array(drafts, it -> it.job().sealed(), String[]::new))
                .bind("traceparents", array(drafts, Draft::traceparent, String[]::new))
                .map(row -> Rows.required(row, "id", UUID.class))
                .all()
                .collect(HashMap<UUID, JobReceipt>::new, (all, id) -> all.put(id, new JobReceipt(id, true)))
                .flatMap(all -> withKnown(drafts, all))
                .map(all -> drafts.stream()
                        .map(it -> Objects.requireNonNull(all.get(it.id())))
                        .toList())
                .timeout(TIMEOUT);
    }

    /** @param all receipts by draft id, without those of jobs whose key was known */
    private Mono<Map<UUID, JobReceipt>> withKnown(List<Draft> drafts, Map<UUID, JobReceipt> all) {
        var known = missing(drafts, all);
        if (known.isEmpty()) {
            return Mono.just(all);
        }
        return database.sql(OF_KEYS)
                .bind("ids", array(known, Draft::id, UUID[]::new))
                .bind("tenants", array(known, it -> it.job().tenant().value(), String[]::new))
                .bind("queues", array(known, it -> it.job().queue(), String[]::new))
                .bind("keys", array(known, it -> it.job().key(), String[]::new))
                .map(row -> Map.entry(Rows.required(row, "asked", UUID.class), Rows.required(row, "id", UUID.class)))
                .all()
                .doOnNext(found -> all.put(found.getKey(), new JobReceipt(found.getValue(), false)))
                .then(Mono.defer(() -> withGone(missing(known, all), all)));
    }

    /** Adds jobs whose key was known, but whose existing job has been deleted since. */
    private Mono<Map<UUID, JobReceipt>> withGone(List<Draft> gone, Map<UUID, JobReceipt> all) {
        return insert(gone)
                .doOnNext(added -> {
                    for (int i = 0; i < gone.size(); i++) {
                        all.put(gone.get(i).id(), added.get(i));
                    }
                })
                .thenReturn(all);
    }

    private static List<Draft> missing(List<Draft> drafts, Map<UUID, JobReceipt> all) {
        return drafts.stream().filter(it -> !all.containsKey(it.id())).toList();
    }

    /** Elements may be null if their column is nullable. */
    @SuppressWarnings("NullAway") // This library's methods have no array type with nullable elements.
    private static <T> T[] array(
            List<Draft> drafts, Function<Draft, ? extends @Nullable T> value, Function<Integer, T[]> maker) {
        T[] all = maker.apply(drafts.size());
        for (int i = 0; i < all.length; i++) {
            all[i] = value.apply(drafts.get(i));
        }
        return all;
    }

    private static @Nullable Integer attempts(@Nullable Retries retries) {
        return retries == null ? null : retries.attempts();
    }

    private static @Nullable Long backoffMillis(@Nullable Retries retries) {
        return retries == null ? null : retries.firstBackoff().toMillis();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
