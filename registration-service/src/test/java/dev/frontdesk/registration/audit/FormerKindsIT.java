package dev.frontdesk.registration.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/**
 * The migration to one name per fact: existing rows get it, and so do rows that an instance of the previous version
 * writes.
 */
class FormerKindsIT {

    private static final String SCHEMA = "registration";

    private final URI url = URI.create(TestEnvironment.with(Server.POSTGRES).variable("POSTGRES_URL"));

    @Test
    void everyRowHasTheNameOfItsEvent() throws SQLException {
        migrate("7");
        add("verified", "login-accepted", "login-refused", "sign-up-deleted", "password-reset-requested");

        migrate("latest");
        add("login-refused", "roles-changed", "session.opened", "account.deleted");

        assertThat(kinds())
                .containsExactlyInAnyOrder(
                        "account.verified",
                        "session.opened",
                        "session.refused",
                        "account.sign-up-deleted",
                        "account.password-reset-requested",
                        "session.refused",
                        "account.roles-changed",
                        "session.opened",
                        "account.deleted")
                .allMatch(SecurityEventKinds.values()::contains);
    }

    private void add(String... kinds) throws SQLException {
        try (var connection = connect();
                var insert =
                        connection.prepareStatement("INSERT INTO security_events (id, tenant, kind, actor, occurred_at,"
                                + " last_at) VALUES (gen_random_uuid(), 'acme', ?, 'account', now(), now())")) {
            for (String kind : kinds) {
                insert.setString(1, kind);
                insert.executeUpdate();
            }
        }
    }

    private List<String> kinds() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT kind FROM security_events")) {
            var all = new ArrayList<String>();
            while (found.next()) {
                all.add(found.getString(1));
            }
            return all;
        }
    }

    private void migrate(String target) {
        String[] user = url.getUserInfo().split(":");
        Flyway.configure()
                .dataSource(address(), user[0], user[1])
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .target(target)
                .load()
                .migrate();
    }

    private Connection connect() throws SQLException {
        String[] user = url.getUserInfo().split(":");
        return DriverManager.getConnection(address() + "?currentSchema=" + SCHEMA, user[0], user[1]);
    }

    private String address() {
        return "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath();
    }
}
