package dev.frontdesk.testsupport.servers;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a database for tests that look at rows again and again: opening one costs a hundred times what a
 * statement costs. It is opened when first used, and again when the server was away. One thread uses it at a time.
 */
public final class KeptConnection {

    private static final int VALID_WITHIN_SECONDS = 2;

    private final Database database;
    private @Nullable Connection connection;

    public KeptConnection(Database database) {
        this.database = database;
    }

    /** Statements of one test. The connection commits each statement; it stays open. */
    @FunctionalInterface
    public interface Statements<T> {

        T on(Connection connection) throws SQLException;
    }

    /** @throws IllegalStateException if PostgreSQL refuses a statement or the connection */
    public synchronized <T> T run(Statements<T> statements) {
        try {
            return statements.on(open());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection open() throws SQLException {
        var kept = connection;
        if (kept != null && !kept.isValid(VALID_WITHIN_SECONDS)) {
            kept.close();
            kept = null;
        }
        if (kept == null) {
            kept = database.connect();
            connection = kept;
        }
        return kept;
    }
}
