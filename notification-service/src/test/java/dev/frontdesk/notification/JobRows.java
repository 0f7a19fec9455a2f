package dev.frontdesk.notification;

import dev.frontdesk.testsupport.servers.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of jobs, read directly. */
public final class JobRows {

    private final Database database;

    JobRows(Database database) {
        this.database = database;
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
        try (var connection = database.connect();
                var query = connection.prepareStatement(sql)) {
            query.setString(1, email);
            var rows = new ArrayList<Row>();
            var found = query.executeQuery();
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
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row. */
    public @Nullable String value(String sql, String parameter) {
        try (var connection = database.connect();
                var query = connection.prepareStatement(sql)) {
            query.setString(1, parameter);
            var found = query.executeQuery();
            return found.next() ? found.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
