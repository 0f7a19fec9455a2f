package dev.frontdesk.registration.audit;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Clock;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deletes events older than the retention, one batch at a time. Several instances may run it at once. */
@Component
final class AuditPurge extends BackgroundWork {

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int BATCH = 1000;

    private static final String DELETE = """
            DELETE FROM security_events WHERE id IN (
                SELECT id FROM security_events WHERE last_at < :before ORDER BY last_at LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    private final DatabaseClient database;
    private final AuditProperties properties;
    private final Clock clock;

    AuditPurge(DatabaseClient database, AuditProperties properties, Clock clock) {
        super("security event purge");
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY)
                .concatMap(_ -> purge().doOnNext(_ -> recovered()).then().onErrorResume(this::reported), 1);
    }

    /** @return the number of deleted events */
    Mono<Long> purge() {
        return batch().repeat(() -> true).takeUntil(deleted -> deleted < BATCH).reduce(0L, Long::sum);
    }

    private Mono<Long> batch() {
        return unlessStopping(Mono.defer(() -> database.sql(DELETE)
                        .bind("before", clock.instant().minus(properties.retention()))
                        .bind("batch", BATCH)
                        .fetch()
                        .rowsUpdated()
                        .timeout(TIMEOUT)))
                .defaultIfEmpty(0L);
    }
}
