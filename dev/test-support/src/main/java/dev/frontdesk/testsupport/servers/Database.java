package dev.frontdesk.testsupport.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** One database of a PostgreSQL server. */
public record Database(String host, int port, String name, String user, String password) {

    /** {@code postgresql://user:password@host:port/name}, in the form of POSTGRES_URL. */
    public String url() {
        return "postgresql://" + user + ":" + password + "@" + host + ":" + port + "/" + name;
    }

    /** A plain connection next to the service's own, to check rows and prepare data. */
    public Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "5");
        // A frozen server must not freeze the test.
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/" + name, properties);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return host + ":" + port + "/" + name;
    }
}
