package dev.frontdesk.registration.proofs;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes what is over: its code works no more, and its window has ended. Every instance does; they pass each other over. */
@Component
final class ProofPurge implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ProofPurge.class);
    private static final int BATCH = 500;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String PURGE = """
            DELETE FROM proofs WHERE (tenant, purpose, subject) IN (
                SELECT tenant, purpose, subject FROM proofs
                WHERE window_ends_at < :now AND (expires_at IS NULL OR expires_at < :now)
                LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    private final DatabaseClient database;
    private final ProofProperties properties;
    private final Clock clock;
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean started;

    ProofPurge(DatabaseClient database, ProofProperties properties, Clock clock) {
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    /** @return how many went */
    Mono<Long> purge() {
        return batch().repeat(() -> true)
                .takeUntil(gone -> gone < BATCH)
                .reduce(0L, Long::sum)
                .onErrorResume(error -> {
                    log.warn("Old proofs stay until the next time: {}", error.toString());
                    return Mono.just(0L);
                });
    }

    private Mono<Long> batch() {
        return Mono.defer(() -> database.sql(PURGE)
                .bind("now", clock.instant())
                .bind("batch", BATCH)
                .fetch()
                .rowsUpdated()
                .timeout(TIMEOUT));
    }

    @Override
    public void start() {
        started = true;
        running.update(Flux.interval(properties.purgeEvery(), properties.purgeEvery())
                .onBackpressureDrop()
                .concatMap(_ -> purge(), 1)
                .subscribe());
    }

    @Override
    public void stop() {
        running.update(Disposables.disposed());
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
