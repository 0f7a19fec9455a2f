package dev.frontdesk.notification.jobs;

import dev.frontdesk.kit.postgres.PostgresSignals;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Signals that a queue may have work: immediately within this instance, and to other instances through PostgreSQL.
 * Commits that notify wait for each other, so signals are collected for some milliseconds and each queue is notified
 * once. A signal may be lost, so listeners also sweep.
 */
@Component
public class JobSignals {

    private static final String CHANNEL = "jobs";
    private static final String TELL =
            "SELECT pg_notify(current_schema() || '_jobs', queue) FROM unnest(CAST(:queues AS text[])) AS queue";
    private static final Duration TOGETHER = Duration.ofMillis(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final DatabaseClient database;
    private final Flux<String> others;
    private final WakeSignals here = new WakeSignals();
    private final WakeSignals delayed = new WakeSignals();
    private final Set<String> untold = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean telling = new AtomicBoolean();

    JobSignals(DatabaseClient database, ConnectionFactory connections) {
        this.database = database;
        this.others = new PostgresSignals(connections, CHANNEL)
                .listen()
                .mapNotNull(Notification::getParameter)
                .share();
    }

    /** Names of queues that may have work; never completes. */
    public Flux<String> heard() {
        return Flux.merge(here.asFlux(), others);
    }

    /** Signals that this instance delayed a job; other instances find it with their next sweep. */
    Flux<String> delays() {
        return delayed.asFlux();
    }

    void tellOfDelay() {
        delayed.wake("delay");
    }

    /** For what the other instances find out by themselves. */
    void tellHere(String queue) {
        here.wake(queue);
    }

    public void tell(String queue) {
        here.wake(queue);
        untold.add(queue);
        if (telling.compareAndSet(false, true)) {
            Mono.delay(TOGETHER)
                    .then(Mono.defer(this::tellOthers))
                    // Other instances find the work with their next sweep.
                    .onErrorComplete()
                    .subscribe();
        }
    }

    /** Resets the flag before it reads the names: a name that is added afterwards starts a new notification. */
    private Mono<Void> tellOthers() {
        telling.set(false);
        String[] queues = untold.toArray(String[]::new);
        untold.removeAll(Set.of(queues));
        return database.sql(TELL).bind("queues", queues).then().timeout(TIMEOUT);
    }
}
