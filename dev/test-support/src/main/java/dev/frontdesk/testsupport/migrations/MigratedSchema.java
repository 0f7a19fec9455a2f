package dev.frontdesk.testsupport.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.frontdesk.testsupport.servers.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;

/**
 * The schema of a service in a database of the test, which is migrated step by step with the scripts that the service
 * has in {@code db/migration}. A module that uses it has Flyway for PostgreSQL among its own dependencies.
 *
 * @param name of the schema, as in the service's {@code spring.flyway.default-schema}
 */
public record MigratedSchema(Database database, String name) {

    public static final String LATEST = "latest";

    private static final String HISTORY = "flyway_schema_history";

    /** @param version for example {@code 1}, or {@link #LATEST} */
    public void migrateTo(String version) {
        Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.name(),
                        database.user(),
                        database.password())
                .schemas(name)
                .defaultSchema(name)
                .target(version)
                .load()
                .migrate();
    }

    /**
     * Runs a script with the statements by which a version writes its rows.
     *
     * @param resource on the class path; {@code ${tenant}} in it stands for the tenant
     */
    public void write(String resource, String tenant) {
        String script = read(resource).replace("${tenant}", tenant);
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException e) {
            throw new AssertionError(resource + " does not run on the schema: " + e.getMessage(), e);
        }
    }

    /** The columns of every table but Flyway's own, with the rows that are in them now. */
    public Rows rows() {
        var columns = new TreeMap<String, List<String>>();
        try (var connection = connect();
                var query = connection.prepareStatement("SELECT c.table_name, c.column_name"
                        + " FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)"
                        + " WHERE t.table_schema = ? AND t.table_type = 'BASE TABLE' AND t.table_name <> ?"
                        + " ORDER BY c.table_name, c.ordinal_position")) {
            query.setString(1, name);
            query.setString(2, HISTORY);
            var found = query.executeQuery();
            while (found.next()) {
                columns.computeIfAbsent(found.getString(1), _ -> new ArrayList<>())
                        .add(found.getString(2));
            }
            return rows(connection, columns);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same columns of the same tables as at another time; fails where one of them is not there any more. */
    public Rows rowsIn(Rows before) {
        try (var connection = connect()) {
            return rows(connection, before.columns);
        } catch (SQLException e) {
            throw new AssertionError("The schema can't be read as before: " + e.getMessage(), e);
        }
    }

    private static Rows rows(Connection connection, SortedMap<String, List<String>> columns) throws SQLException {
        var rows = new TreeMap<String, List<String>>();
        for (var table : columns.entrySet()) {
            String read = table.getValue().stream().map(MigratedSchema::quoted).collect(Collectors.joining(", "));
            var texts = new ArrayList<String>();
            try (var statement = connection.createStatement();
                    var found = statement.executeQuery("SELECT CAST(to_jsonb(r) AS text) FROM (SELECT " + read
                            + " FROM " + quoted(table.getKey()) + ") AS r ORDER BY 1")) {
                while (found.next()) {
                    texts.add(found.getString(1));
                }
            }
            rows.put(table.getKey(), texts);
        }
        return new Rows(columns, rows);
    }

    private Connection connect() throws SQLException {
        var connection = database.connect();
        connection.setSchema(name);
        return connection;
    }

    private static String quoted(String identifier) {
        return '"' + identifier + '"';
    }

    private static String read(String resource) {
        try (var stream = MigratedSchema.class.getResourceAsStream("/" + resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("no such resource: " + resource);
            }
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rows of a schema at one time, each as JSON, by table. */
    public static final class Rows {

        private final SortedMap<String, List<String>> columns;
        private final SortedMap<String, List<String>> byTable;

        private Rows(SortedMap<String, List<String>> columns, SortedMap<String, List<String>> byTable) {
            this.columns = columns;
            this.byTable = byTable;
        }

        public SortedMap<String, List<String>> byTable() {
            return byTable;
        }
    }
}
