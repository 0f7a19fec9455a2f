package dev.frontdesk.registration.gateways;

import java.time.Duration;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;

/** Writes and reads the table directly, past the service. */
final class StoredDocuments {

    static final String FIRST = "{\"first\":true}";

    private static final Duration SOON = Duration.ofSeconds(60);

    private final DatabaseClient database;

    StoredDocuments(DatabaseClient database) {
        this.database = database;
    }

    void deleteAll() {
        database.sql("DELETE FROM gateway_documents").then().block(SOON);
    }

    /**
     * Both documents in one version.
     *
     * @return the version; later than all versions of earlier tests, whose events and copies may still arrive
     */
    long startAnew() {
        deleteAll();
        long version = Instant.now().toEpochMilli() * 1_000;
        database.sql("""
                        INSERT INTO gateway_documents (name, version, content, changed_at)
                        SELECT name, :version, :content, now() FROM unnest(ARRAY['routes', 'signing-keys']) AS name
                        """).bind("version", version).bind("content", FIRST).then().block(SOON);
        return version;
    }

    void addEarlier(String name, long version, int number) {
        database.sql("""
                        INSERT INTO gateway_documents (name, version, content, changed_at)
                        SELECT :name, :version - i, '{}', now() FROM generate_series(1, :number) AS i
                        """)
                .bind("name", name)
                .bind("version", version)
                .bind("number", number)
                .then()
                .block(SOON);
    }

    long rows(String name) {
        return database.sql("SELECT count(*) AS n FROM gateway_documents WHERE name = :name")
                .bind("name", name)
                .map(row -> row.get("n", Long.class))
                .one()
                .blockOptional(SOON)
                .orElseThrow();
    }
}
