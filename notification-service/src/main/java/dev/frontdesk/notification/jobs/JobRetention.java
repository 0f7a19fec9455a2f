package dev.frontdesk.notification.jobs;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.kit.drain.BackgroundWork;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Clears ended jobs away: the last ones of each tenant and queue stay, for a time. */
@Component
class JobRetention extends BackgroundWork {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int BATCH = 5_000;
    private static final String PRUNE = "SELECT prune_jobs(:completed, :failed, :keysFor * interval '1 second',"
            + " :keepFor * interval '1 second', :batch) AS deleted";

    private final DatabaseClient database;
    private final JobProperties properties;

    JobRetention(DatabaseClient database, JobProperties properties) {
        super("jobs' retention");
        this.database = database;
        this.properties = properties;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY).concatMap(_ -> prune().onErrorResume(this::reported), 1);
    }

    /** Until a batch is not full. */
    Mono<Void> prune() {
        return batch().repeat().takeWhile(deleted -> deleted >= BATCH).then().doOnSuccess(_ -> recovered());
    }

    private Mono<Long> batch() {
        return unlessStopping(database.sql(PRUNE)
                        .bind("completed", properties.keepCompleted())
                        .bind("failed", properties.keepFailed())
                        .bind("keysFor", properties.keysFor().toSeconds())
                        .bind("keepFor", properties.keepFor().toSeconds())
                        .bind("batch", BATCH)
                        .map(row -> required(row, "deleted", Long.class))
                        .one()
                        .timeout(TIMEOUT))
                .defaultIfEmpty(0L);
    }
}
