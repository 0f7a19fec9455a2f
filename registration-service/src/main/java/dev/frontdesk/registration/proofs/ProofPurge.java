package dev.frontdesk.registration.proofs;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Clock;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes what is over: its code works no more, and its window has ended. Every instance does; they pass each other over. */
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

    /** Not while a client's window lasts, which may have begun later: its codes would go with it. */
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
        super("purge of proofs");
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    protected Flux<Void> work() {
        return beats(properties.purgeEvery())
                .concatMap(_ -> purge().doOnNext(_ -> recovered()).then().onErrorResume(this::reported), 1);
    }

    /** @return how many went */
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
