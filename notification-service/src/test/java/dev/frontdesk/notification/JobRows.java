package dev.frontdesk.notification;

import dev.frontdesk.testsupport.servers.Database;
import dev.frontdesk.testsupport.servers.KeptConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of jobs, read directly. */
public final class JobRows {

    private final KeptConnection database;

    JobRows(Database database) {
        this.database = new KeptConnection(database);
    }

    public record Row(
            String id,
            String kind,
            String state,
            int attempts,
            long fence,
            Instant dueAt,
            @Nullable String sealed,
            @Nullable String failure,
            String everything) {}

    /** The jobs of mails to one address, oldest first. */
    public List<Row> to(String email) {
        var sql = "SELECT d.*, CAST(d.* AS text) AS everything FROM notification.jobs d"
                + " WHERE payload->>'to' = ? ORDER BY created_at";
        return database.run(connection -> {
            try (var query = connection.prepareStatement(sql)) {
                query.setString(1, email);
                return rows(query.executeQuery());
            }
        });
    }

    /** The first column of the first row. */
    public @Nullable String value(String sql, String parameter) {
        Optional<String> value = database.run(connection -> {
            try (var query = connection.prepareStatement(sql)) {
                query.setString(1, parameter);
                var found = query.executeQuery();
                return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
            }
        });
        return value.orElse(null);
    }

    private static List<Row> rows(ResultSet found) throws SQLException {
        var rows = new ArrayList<Row>();
        while (found.next()) {
            rows.add(new Row(
                    found.getString("id"),
                    found.getString("kind"),
                    found.getString("state"),
                    found.getInt("attempts"),
                    found.getLong("fence"),
                    found.getObject("due_at", OffsetDateTime.class).toInstant(),
                    found.getString("sealed"),
                    found.getString("failure"),
                    found.getString("everything")));
        }
        return rows;
    }
}
