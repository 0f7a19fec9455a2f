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
 * Says that there may be something to do in a queue: at once inside this instance, and to the others through PostgreSQL. Not
 * with each job, because commits that notify wait for each other: what comes within some milliseconds is told once. A signal
 * may be lost, so whoever listens also sweeps.
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

    /** Names of queues; never ends. */
    public Flux<String> heard() {
        return Flux.merge(here.asFlux(), others);
    }

    /** Something became due later, here; others find it with their next sweep. */
    Flux<String> delays() {
        return delayed.asFlux();
    }

    void tellOfDelay() {
        delayed.wake("delay");
    }

    public void tell(String queue) {
        here.wake(queue);
        untold.add(queue);
        if (telling.compareAndSet(false, true)) {
            Mono.delay(TOGETHER)
                    .then(Mono.defer(this::tellOthers))
                    // Their next sweep finds it.
                    .onErrorComplete()
                    .subscribe();
        }
    }

    /** Before the look at what is untold: what comes after it tells anew. */
    private Mono<Void> tellOthers() {
        telling.set(false);
        String[] queues = untold.toArray(String[]::new);
        untold.removeAll(Set.of(queues));
        return database.sql(TELL).bind("queues", queues).then().timeout(TIMEOUT);
    }
}
