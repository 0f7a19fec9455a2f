package dev.frontdesk.kit.events;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.postgres.PostgresSignals;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends the events of a {@link PostgresOutbox} to Kafka, in order and at least once: a row is deleted only after Kafka
 * has the event. Only one relay of a service works at a time (a transaction-level advisory lock), because two relays
 * that skip each other's rows could reorder the events of one account.
 */
public final class PostgresOutboxRelay extends BackgroundWork {

    private static final int BATCH = 100;

    /** Polls at this interval for events whose wake-up was lost. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(5);

    private static final String LOCK =
            "SELECT pg_try_advisory_xact_lock(hashtext(current_schema() || '_outbox')) AS mine";
    private static final String OLDEST = "SELECT position, event FROM outbox ORDER BY position LIMIT " + BATCH;
    private static final String DELETE = "DELETE FROM outbox WHERE position = ANY(:positions)";

    private final PostgresSignals signals;
    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final EventPublisher publisher;
    private final EventCodec codec;

    public PostgresOutboxRelay(
            ConnectionFactory connections,
            DatabaseClient database,
            TransactionalOperator transaction,
            EventPublisher publisher,
            EventCodec codec) {
        super("PostgreSQL outbox");
        this.signals = new PostgresSignals(connections, "outbox");
        this.database = database;
        this.transaction = transaction;
        this.publisher = publisher;
        this.codec = codec;
    }

    private record Row(long position, StoredEvent event) {}

    @Override
    protected Flux<Void> work() {
        return Flux.<Object>merge(signals.listen(), beats(SWEEP))
                .onBackpressureLatest()
                .concatMap(_ -> drain(), 1);
    }

    private Mono<Void> drain() {
        return batch().repeat(() -> true)
                .takeWhile(sent -> sent == BATCH)
                .then()
                .onErrorResume(this::reported);
    }

    /** @return the number of events sent */
    private Mono<Integer> batch() {
        return unlessStopping(oldest().collectList()
                        .timeout(DATABASE_TIMEOUT)
                        .flatMap(rows -> rows.isEmpty() ? Mono.just(0) : send(rows))
                        .as(transaction::transactional)
                        .doOnNext(_ -> recovered()))
                .defaultIfEmpty(0);
    }

    private Flux<Row> oldest() {
        return database.sql(LOCK)
                .map(row -> Boolean.TRUE.equals(row.get("mine", Boolean.class)))
                .one()
                .filter(mine -> mine)
                .flatMapMany(_ -> database.sql(OLDEST)
                        .map(row -> new Row(
                                required(row.get("position", Long.class)),
                                codec.readStored(required(row.get("event", String.class)))))
                        .all());
    }

    private Mono<Integer> send(List<Row> rows) {
        Long[] positions = rows.stream().map(Row::position).toArray(Long[]::new);
        return publisher
                .publish(rows.stream().map(Row::event).toList())
                .then(database.sql(DELETE)
                        .bind("positions", positions)
                        .fetch()
                        .rowsUpdated()
                        .timeout(DATABASE_TIMEOUT))
                .thenReturn(rows.size());
    }

    private static <T> T required(@org.jspecify.annotations.Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("A column that is never null is null");
        }
        return value;
    }
}
