package dev.frontdesk.registration.accounts;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Computes search keys that are missing or out of date: for accounts older than the keys, and for rows written by the
 * previous version. Runs in every instance, batch by batch; each skips rows that others have locked.
 */
@Component
final class SearchKeys extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(SearchKeys.class);

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BATCH = 500;

    /** The condition must match that of an index. */
    private static final String FIND = """
            SELECT id, email, first_name, last_name FROM accounts
            WHERE keyed_of IS DISTINCT FROM email || E'\\n' || first_name || E'\\n' || last_name
            LIMIT :batch FOR UPDATE SKIP LOCKED
            """;

    /** The rows are locked, so {@code keyed_of} is exactly the data that the keys were computed from. */
    private static final String WRITE = """
            UPDATE accounts AS a
            SET email_key = made.email_key, first_name_key = made.first_name_key, last_name_key = made.last_name_key,
                keyed_of = a.email || E'\\n' || a.first_name || E'\\n' || a.last_name
            FROM unnest(CAST(:ids AS uuid[]), CAST(:emails AS text[]), CAST(:first_names AS text[]),
                CAST(:last_names AS text[])) AS made(id, email_key, first_name_key, last_name_key)
            WHERE a.id = made.id
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    SearchKeys(DatabaseClient database, TransactionalOperator transaction) {
        super("search key backfill");
        this.database = database;
        this.transaction = transaction;
    }

    private record Named(UUID id, String email, String firstName, String lastName) {}

    @Override
    protected Flux<Void> work() {
        return beats(EVERY)
                .concatMap(_ -> makeMissing().doOnNext(this::made).then().onErrorResume(this::reported), 1);
    }

    /** @return the number of accounts updated */
    Mono<Long> makeMissing() {
        return batch().repeat(() -> true).takeUntil(made -> made < BATCH).reduce(0L, Long::sum);
    }

    private Mono<Long> batch() {
        return unlessStopping(Mono.defer(() -> database.sql(FIND)
                        .bind("batch", BATCH)
                        .map(SearchKeys::read)
                        .all()
                        .collectList()
                        .flatMap(this::write)
                        .as(transaction::transactional)
                        .timeout(TIMEOUT)))
                .defaultIfEmpty(0L);
    }

    private Mono<Long> write(List<Named> accounts) {
        if (accounts.isEmpty()) {
            return Mono.just(0L);
        }
        return database.sql(WRITE)
                .bind("ids", accounts.stream().map(Named::id).toArray(UUID[]::new))
                .bind("emails", keys(accounts, it -> SearchKey.ofAddress(it.email())))
                .bind("first_names", keys(accounts, it -> SearchKey.of(it.firstName())))
                .bind("last_names", keys(accounts, it -> SearchKey.of(it.lastName())))
                .fetch()
                .rowsUpdated();
    }

    private static String[] keys(List<Named> accounts, Function<Named, SearchKey> key) {
        return accounts.stream().map(key).map(SearchKey::value).toArray(String[]::new);
    }

    private void made(long count) {
        recovered();
        if (count > 0) {
            log.info("Added search keys to {} accounts", count);
        }
    }

    private static Named read(Readable row) {
        return new Named(
                required(row, "id", UUID.class),
                required(row, "email", String.class),
                required(row, "first_name", String.class),
                required(row, "last_name", String.class));
    }
}
