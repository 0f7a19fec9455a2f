package dev.frontdesk.notification.queues;

import dev.frontdesk.testsupport.servers.Database;
import java.sql.SQLException;

/** Until it is closed, PostgreSQL refuses to store that a job of one queue is done or that its lease is renewed. */
public final class RejectedJobUpdates implements AutoCloseable {

    private final Database database;

    public RejectedJobUpdates(Database database, String queue) {
        this.database = database;
        execute("""
                CREATE SEQUENCE notification.refusals;
                CREATE FUNCTION notification.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    -- Counts also what is rolled back.
                    PERFORM nextval('notification.refusals');
                    RAISE EXCEPTION 'not now';
                END $$;
                CREATE TRIGGER refuse BEFORE UPDATE ON notification.jobs FOR EACH ROW
                    WHEN (OLD.queue = '%s' AND OLD.state = 'active' AND NEW.state IN ('completed', 'active'))
                    EXECUTE FUNCTION notification.refuse();
                """.formatted(queue));
    }

    public long times() {
        try (var connection = database.connect();
                var query = connection.createStatement();
                var row = query.executeQuery(
                        "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM notification.refusals")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        execute("""
                DROP TRIGGER refuse ON notification.jobs;
                DROP FUNCTION notification.refuse();
                DROP SEQUENCE notification.refusals;
                """);
    }

    private void execute(String sql) {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
