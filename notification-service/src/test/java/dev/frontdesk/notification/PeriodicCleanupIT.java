package dev.frontdesk.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.kit.postgres.PeriodicCleanup;
import dev.frontdesk.testsupport.servers.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** The kit's cleanup, on a table of its own. */
@RunningService
class PeriodicCleanupIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    private DatabaseClient client;

    @Autowired
    private Database database;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeEach
    void rows() {
        execute("CREATE TABLE cleanup_rows (id integer PRIMARY KEY, expired boolean NOT NULL)");
        execute("INSERT INTO cleanup_rows SELECT n, n <= 5 FROM generate_series(1, 7) AS n");
    }

    @AfterEach
    void noRows() {
        execute("DROP TABLE cleanup_rows");
    }

    @Test
    void deletesInBatchesUntilNothingIsLeft() {
        assertThat(cleanup().run().block(SOON)).isEqualTo(5);

        assertThat(left()).isEqualTo(2);
        assertThat(metrics.get("frontdesk.cleanup.rows")
                        .tag("cleanup", "test-row")
                        .counter()
                        .count())
                .isEqualTo(5);
    }

    @Test
    void skipsWhatAnotherInstanceHasLocked() throws SQLException {
        try (var other = database.connect()) {
            other.setAutoCommit(false);
            try (var lock =
                    other.prepareStatement("SELECT id FROM notification.cleanup_rows WHERE id = 3 FOR UPDATE")) {
                lock.executeQuery();

                assertThat(cleanup().run().block(SOON)).isEqualTo(4);
            }
            // Closing would not wait until PostgreSQL has released the lock.
            other.rollback();
        }
        assertThat(cleanup().run().block(SOON)).isEqualTo(1);
    }

    @Test
    void refusesAStatementThatWouldWaitForALock() {
        assertThatThrownBy(() -> new PeriodicCleanup.Statement("DELETE FROM cleanup_rows WHERE expired", 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private PeriodicCleanup cleanup() {
        var sql = """
                DELETE FROM cleanup_rows WHERE id IN (
                    SELECT id FROM cleanup_rows WHERE expired = :expired LIMIT :batch FOR UPDATE SKIP LOCKED)
                """;
        var statement = new PeriodicCleanup.Statement(sql, 2, it -> it.bind("expired", true));
        return new PeriodicCleanup("test row", Duration.ofHours(1), client, metrics, statement) {};
    }

    private @Nullable Long left() {
        return client.sql("SELECT count(*) FROM cleanup_rows")
                .map(row -> row.get(0, Long.class))
                .one()
                .block(SOON);
    }

    private void execute(String sql) {
        client.sql(sql).then().block(SOON);
    }
}
