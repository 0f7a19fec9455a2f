package dev.frontdesk.notification.reports;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The kinds of reports, each with its columns and its query. The query returns all columns as text, so that a null
 * becomes an empty cell. It is read in pages, ordered by the creation time and id of each row.
 */
enum ReportKind {
    /**
     * The condition on states is always true. Each part of it matches an index by tenant; without them every page would
     * read all tenants' jobs. Its parameter {@code queues} has the queues of deliveries.
     */
    DELIVERIES(
            "deliveries",
            List.of("id", "queue", "kind", "state", "attempts_made", "created_at", "finished_at", "failure"),
            """
            SELECT CAST(id AS text) AS id, queue, kind, state, CAST(attempts AS text) AS attempts_made,
                   to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS created_at,
                   to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS finished_at, failure,
                   jobs.created_at AS page_time, jobs.id AS page_id
            FROM jobs
            WHERE tenant = :tenant AND created_at >= :begins AND created_at < :ends
              AND (created_at, id) > (:time, :after) AND queue = ANY(:queues)
              AND (finished_at IS NOT NULL OR state = 'waiting' OR state = 'delayed' OR state = 'active')
            ORDER BY jobs.created_at, jobs.id LIMIT :limit
            """),
    /** Has no addresses and names: a report is stored for longer than those of a deleted account. */
    ACCOUNTS("accounts", List.of("id", "locale", "created_at", "disabled_at", "deleted_at"), """
            SELECT CAST(id AS text) AS id, locale,
                   to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS created_at,
                   to_char(disabled_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS disabled_at,
                   to_char(deleted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS deleted_at,
                   accounts.created_at AS page_time, accounts.id AS page_id
            FROM accounts
            WHERE tenant = :tenant AND created_at >= :begins AND created_at < :ends
              AND (created_at, id) > (:time, :after)
            ORDER BY accounts.created_at, accounts.id LIMIT :limit
            """);

    private final String key;
    private final List<String> columns;
    private final String sql;

    ReportKind(String key, List<String> columns, String sql) {
        this.key = key;
        this.columns = columns;
        this.sql = sql;
    }

    String key() {
        return key;
    }

    List<String> columns() {
        return columns;
    }

    String sql() {
        return sql;
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static ReportKind named(String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be "
                        + Arrays.stream(values()).map(ReportKind::key).collect(Collectors.joining(" or "))));
    }
}
