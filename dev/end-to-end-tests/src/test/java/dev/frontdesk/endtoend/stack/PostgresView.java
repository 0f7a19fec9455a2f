package dev.frontdesk.endtoend.stack;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The data in PostgreSQL. */
public final class PostgresView {

    private final URI url;

    PostgresView(URI url) {
        this.url = url;
    }

    /** How many accounts have this address, in any tenant. */
    public long accounts(String email) {
        return count("SELECT count(*) FROM registration.accounts WHERE email = ?", email);
    }

    public long accounts() {
        return count("SELECT count(*) FROM registration.accounts WHERE email <> ?", "");
    }

    /** Sign-ups of this address that are stored here because Redis was down or slow. */
    public long pendingRegistrations(String email) {
        return count(
                "SELECT count(*) FROM registration.pending_registrations WHERE registration_id IS NOT NULL AND email = ?",
                email);
    }

    private long count(String sql, String parameter) {
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        var userInfo = url.getUserInfo().split(":", 2);
        var properties = new Properties();
        properties.setProperty("user", userInfo[0]);
        properties.setProperty("password", userInfo[1]);
        properties.setProperty("loginTimeout", "5");
        var address = url.getHost() + ":" + url.getPort() + url.getPath();
        return DriverManager.getConnection("jdbc:postgresql://" + address, properties);
    }
}
