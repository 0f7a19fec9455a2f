package dev.frontdesk.notification;

import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** A separate database that a test migrates from one version of the schema to another. */
public final class MigratedDatabase {

    private static final String SCHEMA = "notification";

    private final URI url = URI.create(TestEnvironment.with(Server.POSTGRES).variable("POSTGRES_URL"));

    public void migrate(String target) {
        String[] user = url.getUserInfo().split(":");
        Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(), user[0], user[1])
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .target(target)
                .load()
                .migrate();
    }

    private Connection connect() throws SQLException {
        String[] user = url.getUserInfo().split(":");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath() + "?currentSchema=" + SCHEMA,
                user[0],
                user[1]);
    }

    public void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public String value(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }
}
