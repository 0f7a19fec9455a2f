package dev.frontdesk.testsupport.servers;

import static java.util.UUID.randomUUID;

import dev.frontdesk.localstack.servers.PostgresServer;
import java.sql.SQLException;

/** A real PostgreSQL; tests share the server, but never a database. */
public final class Postgres extends TestServer {

    static final String PASSWORD = "only-for-tests";

    private final String user;
    private final String password;

    /** With the user and the password that all servers of tests have. */
    Postgres(Host host) {
        this(host, PostgresServer.USER, PASSWORD);
    }

    Postgres(Host host, String user, String password) {
        super(host);
        this.user = user;
        this.password = password;
    }

    /** A new, empty database. */
    public Database newDatabase() {
        var name = "test_" + randomUUID().toString().replace("-", "");
        try (var connection = database("postgres").connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            return database(name);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create a database: " + e.getMessage(), e);
        }
    }

    @Override
    boolean answers() {
        try (var connection = database("postgres").connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private Database database(String name) {
        return new Database(host(), port(), name, user, password);
    }
}
