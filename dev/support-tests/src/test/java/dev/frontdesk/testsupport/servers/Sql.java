package dev.frontdesk.testsupport.servers;

import java.sql.SQLException;

/** Statements on a separate connection. */
final class Sql {

    private Sql() {}

    static void run(Database database, String statement) throws SQLException {
        try (var connection = database.connect();
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    static int count(Database database, String table) throws SQLException {
        try (var connection = database.connect();
                var prepared = connection.createStatement();
                var rows = prepared.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
