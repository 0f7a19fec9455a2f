package dev.frontdesk.kit.postgres;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deletes expired rows at intervals, in batches, so that no statement locks many rows for long. Every instance runs it;
 * each skips rows that another one has locked, so there is no leader and no lock of its own. The counter
 * {@code frontdesk.cleanup.rows} with the tag {@code cleanup} counts what was deleted.
 */
public class PeriodicCleanup extends BackgroundWork {

    /** The timeout of one batch. */
    protected static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(PeriodicCleanup.class);

    private final String what;
    private final Duration every;
    private final DatabaseClient database;
    private final Counter rows;
    private final List<Statement> statements;

    /**
     * One statement that deletes, or clears, a batch of rows.
     *
     * @param sql selects its rows with {@code LIMIT :batch FOR UPDATE SKIP LOCKED}
     * @param batch maximum number of rows
     * @param parameters binds the other parameters, for each batch anew
     */
    public record Statement(String sql, int batch, UnaryOperator<GenericExecuteSpec> parameters) {

        private static final String LOCK_RULE = "LIMIT :batch FOR UPDATE SKIP LOCKED";

        public Statement {
            if (!sql.contains(LOCK_RULE)) {
                throw new IllegalArgumentException("A cleanup selects its rows with " + LOCK_RULE);
            }
        }

        /** A statement that has no other parameters. */
        public Statement(String sql, int batch) {
            this(sql, batch, UnaryOperator.identity());
        }
    }

    /**
     * @param what a row, for logs and the metric's tag
     * @param every from the beginning of one run to that of the next
     * @param statements run one after the other, each until a batch is not full
     */
    protected PeriodicCleanup(
            String what, Duration every, DatabaseClient database, MeterRegistry metrics, Statement... statements) {
        super(what + " cleanup");
        this.what = what;
        this.every = every;
        this.database = database;
        this.rows = Counter.builder("frontdesk.cleanup.rows")
                .description("Expired rows that this instance deleted")
                .tag("cleanup", what.replace(' ', '-'))
                .register(metrics);
        this.statements = List.of(statements);
    }

    @Override
    protected final Flux<Void> work() {
        return beats(every)
                .concatMap(_ -> run().doOnNext(_ -> recovered()).then().onErrorResume(this::reported), 1);
    }

    /**
     * Deletes all that has expired.
     *
     * @return the number of rows
     */
    public final Mono<Long> run() {
        return Flux.defer(this::batches)
                .doOnNext(rows::increment)
                .reduce(0L, Long::sum)
                .doOnNext(deleted -> log.debug("{} cleanup: {} rows", what, deleted));
    }

    /** The number of rows of each batch. A subclass without statements runs its own, within {@code unlessStopping}. */
    protected Flux<Long> batches() {
        return Flux.fromIterable(statements).concatMap(this::batches, 1);
    }

    private Flux<Long> batches(Statement statement) {
        return batch(statement).repeat().takeUntil(deleted -> deleted < statement.batch());
    }

    private Mono<Long> batch(Statement statement) {
        return unlessStopping(Mono.defer(() -> statement
                        .parameters()
                        .apply(database.sql(statement.sql()))
                        .bind("batch", statement.batch())
                        .fetch()
                        .rowsUpdated()
                        .timeout(TIMEOUT)))
                .defaultIfEmpty(0L);
    }
}
