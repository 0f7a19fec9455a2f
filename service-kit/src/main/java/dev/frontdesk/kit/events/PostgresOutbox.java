package dev.frontdesk.kit.events;

import dev.frontdesk.contracts.events.Event;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The outbox for state in PostgreSQL: call {@link #add} inside the transaction that changes the state. Its table
 * {@code outbox} is part of the service's own migrations, in the schema of the service:
 *
 * <pre>
 * CREATE TABLE outbox (
 *     position   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
 *     event      text        NOT NULL,
 *     created_at timestamptz NOT NULL DEFAULT now()
 * );
 * </pre>
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

    /**
     * @param recorded from {@code EventRecorder.recordAsJson}; the event may also be in another outbox, under the same
     *     id
     */
    public Mono<Void> addRecorded(String recorded) {
        return database.sql(ADD).bind("event", recorded).then();
    }

    /**
     * Adds the event only if it is wanted. Uses the same statement and the same notification in both cases, so that the
     * response time does not reveal which one it was.
     */
    public Mono<Void> addIf(boolean wanted, Event event) {
        return recorder.recordAsJson(event)
                .flatMap(json -> database.sql(ADD_IF)
                        .bind("event", json)
                        .bind("wanted", wanted)
                        .then());
    }
}
