package dev.frontdesk.kit.events;

import dev.frontdesk.contracts.events.Event;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The outbox of state that lives in PostgreSQL: call {@link #add} inside the transaction that changes the state. Its table
 * comes from {@code classpath:db/outbox}, into the schema of the service.
 */
public final class PostgresOutbox {

    private static final String ADD = """
            WITH added AS (INSERT INTO outbox (event) VALUES (:event) RETURNING position)
            SELECT pg_notify(current_schema() || '_outbox', '') FROM added
            """;

    private static final String ADD_IF = """
            WITH added AS (INSERT INTO outbox (event) SELECT CAST(:event AS text) WHERE CAST(:wanted AS boolean))
            SELECT pg_notify(current_schema() || '_outbox', '')
            """;

    private final DatabaseClient database;
    private final EventRecorder recorder;

    public PostgresOutbox(DatabaseClient database, EventRecorder recorder) {
        this.database = database;
        this.recorder = recorder;
    }

    public Mono<Void> add(Event event) {
        return recorder.recordAsJson(event).flatMap(this::addRecorded);
    }

    /** @param recorded by {@code EventRecorder.recordAsJson}: an event that may also be in another outbox, under the same id */
    public Mono<Void> addRecorded(String recorded) {
        return database.sql(ADD).bind("event", recorded).then();
    }

    /**
     * Adds the event only if it is wanted, with the same statement and the same waking up: where the time that an answer
     * takes must not tell which.
     */
    public Mono<Void> addIf(boolean wanted, Event event) {
        return recorder.recordAsJson(event)
                .flatMap(json -> database.sql(ADD_IF)
                        .bind("event", json)
                        .bind("wanted", wanted)
                        .then());
    }
}
