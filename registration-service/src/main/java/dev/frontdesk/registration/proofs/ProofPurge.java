package dev.frontdesk.registration.proofs;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Clock;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes proofs whose code has expired and whose window has ended. Runs in every instance; each skips rows that others
 * have locked.
 */
@Component
final class ProofPurge extends BackgroundWork {

    private static final int BATCH = 500;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String PURGE_CODES = """
            DELETE FROM proof_codes WHERE (tenant, purpose, subject, client) IN (
                SELECT tenant, purpose, subject, client FROM proof_codes
                WHERE window_ends_at < :now AND expires_at < :now
                LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    /**
     * Keeps the row while client codes exist: a client's window may have begun later, and its codes would be deleted
     * with the row.
     */
    private static final String PURGE = """
            DELETE FROM proofs WHERE (tenant, purpose, subject) IN (
                SELECT tenant, purpose, subject FROM proofs AS p
                WHERE window_ends_at < :now AND (expires_at IS NULL OR expires_at < :now) AND NOT EXISTS (
                    SELECT FROM proof_codes AS c
                    WHERE c.tenant = p.tenant AND c.purpose = p.purpose AND c.subject = p.subject)
                LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    private final DatabaseClient database;
    private final ProofProperties properties;
    private final Clock clock;

    ProofPurge(DatabaseClient database, ProofProperties properties, Clock clock) {
        super("proof purge");
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    protected Flux<Void> work() {
        return beats(properties.purgeEvery())
                .concatMap(_ -> purge().doOnNext(_ -> recovered()).then().onErrorResume(this::reported), 1);
    }

    /** @return the number of rows removed */
    Mono<Long> purge() {
        return Flux.just(PURGE_CODES, PURGE).concatMap(this::batches, 1).reduce(0L, Long::sum);
    }

    private Flux<Long> batches(String statement) {
        return batch(statement).repeat(() -> true).takeUntil(gone -> gone < BATCH);
    }

    private Mono<Long> batch(String statement) {
        return unlessStopping(Mono.defer(() -> database.sql(statement)
                        .bind("now", clock.instant())
                        .bind("batch", BATCH)
                        .fetch()
                        .rowsUpdated()
                        .timeout(TIMEOUT)))
                .defaultIfEmpty(0L);
    }
}
