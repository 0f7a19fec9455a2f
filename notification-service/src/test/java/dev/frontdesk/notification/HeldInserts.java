package dev.frontdesk.notification;

import static org.awaitility.Awaitility.await;

import dev.frontdesk.testsupport.servers.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Holds up a tenant's inserts into a table until they are released, so that a test can have several transactions
 * between their count and their insert.
 */
public final class HeldInserts implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String WAITING = """
            SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database
            WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
            """;

    private final String table;
    private final Connection connection;

    public HeldInserts(Database database, String table, String tenant) throws SQLException {
        this.table = table;
        this.connection = database.connect();
        execute("""
                CREATE FUNCTION notification.hold() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_advisory_xact_lock_shared(77);
                    RETURN NEW;
                END $$;
                CREATE TRIGGER hold BEFORE INSERT ON notification.%s FOR EACH ROW
                    WHEN (NEW.tenant = '%s') EXECUTE FUNCTION notification.hold();
                SELECT pg_advisory_lock(77);
                """.formatted(table, tenant));
    }

    /** Waits until so many transactions are held up, here or by each other, and lets all of them go on. */
    public void releaseWhenWaiting(int transactions) throws SQLException {
        try (var statement = connection.createStatement()) {
            await().atMost(SOON).until(() -> waiting(statement) == transactions);
        }
        execute("SELECT pg_advisory_unlock(77)");
    }

    private static int waiting(Statement statement) throws SQLException {
        try (var row = statement.executeQuery(WAITING)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        execute(
                "SELECT pg_advisory_unlock_all(); DROP TRIGGER hold ON notification.%s; DROP FUNCTION notification.hold()"
                        .formatted(table));
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
