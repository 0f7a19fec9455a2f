package dev.frontdesk.notification.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The step to a queue of codes, where a tenant had a queue of that name. */
class CodesMigrationIT {

    private static final String SCHEMA = "notification";

    private final URI url = URI.create(TestEnvironment.with(Server.POSTGRES).variable("POSTGRES_URL"));

    @BeforeEach
    void theVersionBefore() {
        migrate("10");
    }

    @Test
    void movesATenantsOwnQueueOutOfTheWayWithAllThatIsInIt() throws SQLException {
        execute("INSERT INTO queues (tenant, name, worked, push_url, push_secret, attempts)"
                + " VALUES ('acme', 'email-codes', 'push', 'https://shop.example/jobs', 'sealed', 7)");
        execute("INSERT INTO jobs (tenant, queue, kind, priority, max_attempts, payload)"
                + " VALUES ('acme', 'email-codes', 'voucher', 10, 3, '{}')");

        migrate("latest");

        assertThat(value("SELECT string_agg(concat_ws(' ', name, worked, push_url, attempts), ',') FROM queues"))
                .isEqualTo("email-codes-own lease 7");
        assertThat(value("SELECT string_agg(queue, ',') FROM jobs")).isEqualTo("email-codes-own");
    }

    @Test
    void letsNoInstanceOfTheVersionBeforeGiveTheQueueToATenant() throws SQLException {
        migrate("latest");

        assertThatThrownBy(() ->
                        execute("INSERT INTO queues (tenant, name, worked) VALUES ('acme', 'email-codes', 'lease')"))
                .hasMessageContaining("queues_codes_check");
        execute("INSERT INTO queues (tenant, name, paused) VALUES ('acme', 'email-codes', true)");
        assertThat(value("SELECT worked_by_default('email-codes')")).isEqualTo("service");
    }

    private void migrate(String target) {
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

    private void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String value(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }
}
