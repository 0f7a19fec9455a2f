package dev.frontdesk.registration.audit;

import dev.frontdesk.kit.drain.Phases;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Forgets what is older than the retention, a batch at a time; any number of instances may do so at once. */
@Component
final class AuditPurge implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AuditPurge.class);
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int BATCH = 1000;

    private static final String DELETE = """
            DELETE FROM security_events WHERE id IN (
                SELECT id FROM security_events WHERE last_at < :before ORDER BY last_at LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    private final DatabaseClient database;
    private final AuditProperties properties;
    private final Clock clock;
    private @Nullable Disposable running;

    AuditPurge(DatabaseClient database, AuditProperties properties, Clock clock) {
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    /** @return how many were forgotten */
    Mono<Long> purge() {
        return batch().repeat(() -> true).takeUntil(deleted -> deleted < BATCH).reduce(0L, Long::sum);
    }

    private Mono<Long> batch() {
        return Mono.defer(() -> database.sql(DELETE)
                .bind("before", clock.instant().minus(properties.retention()))
                .bind("batch", BATCH)
                .fetch()
                .rowsUpdated()
                .timeout(TIMEOUT));
    }

    @Override
    public synchronized void start() {
        running = Flux.interval(INTERVAL)
                .onBackpressureDrop()
                .concatMap(_ -> purge().onErrorResume(AuditPurge::later), 1)
                .subscribe();
    }

    private static Mono<Long> later(Throwable error) {
        log.warn("Old security events stay a while longer: {}", error.toString());
        return Mono.empty();
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return Phases.BACKGROUND;
    }
}
