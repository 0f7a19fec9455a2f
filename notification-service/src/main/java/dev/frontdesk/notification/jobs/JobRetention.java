package dev.frontdesk.notification.jobs;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.kit.postgres.PeriodicCleanup;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Optional;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deletes ended jobs, except the most recent ones of each tenant and queue, which are kept for a limited time. */
@Component
class JobRetention extends PeriodicCleanup {

    private static final Duration EVERY = Duration.ofSeconds(30);

    /** Maximum number of lanes (tenant, queue and state) and of jobs in one statement. */
    private static final int LANES = 1_000;

    private static final int BATCH = 5_000;
    private static final String PRUNE = """
            SELECT deleted, queue, tenant, state
            FROM prune_jobs(:queue, :tenant, :state, :completed, :failed, :keysFor * interval '1 second',
                            :keepFor * interval '1 second', :lanes, :batch)
            """;

    /** Where one statement ended and the next one begins. */
    private record Lane(String queue, String tenant, String state) {

        static final Lane FIRST = new Lane("", "", "");
    }

    /** @param end empty if there are no more lanes */
    private record Pruned(long jobs, Optional<Lane> end) {}

    private final DatabaseClient database;
    private final JobProperties properties;

    JobRetention(DatabaseClient database, JobProperties properties, MeterRegistry metrics) {
        super("job", EVERY, database, metrics);
        this.database = database;
        this.properties = properties;
    }

    /** Prunes all lanes, in several statements. */
    @Override
    protected Flux<Long> batches() {
        return behind(Lane.FIRST)
                .expand(pruned -> Mono.justOrEmpty(pruned.end()).flatMap(this::behind))
                .map(Pruned::jobs);
    }

    /** Prunes the next lanes after the given one. */
    private Mono<Pruned> behind(Lane lane) {
        return unlessStopping(database.sql(PRUNE)
                .bind("queue", lane.queue())
                .bind("tenant", lane.tenant())
                .bind("state", lane.state())
                .bind("completed", properties.keepCompleted())
                .bind("failed", properties.keepFailed())
                .bind("keysFor", properties.keysFor().toSeconds())
                .bind("keepFor", properties.keepFor().toSeconds())
                .bind("lanes", LANES)
                .bind("batch", BATCH)
                .map(row -> new Pruned(required(row, "deleted", Long.class), lane(row)))
                .one()
                .timeout(TIMEOUT));
    }

    private static Optional<Lane> lane(Readable row) {
        return row.get("queue") == null
                ? Optional.empty()
                : Optional.of(new Lane(
                        required(row, "queue", String.class),
                        required(row, "tenant", String.class),
                        required(row, "state", String.class)));
    }
}
