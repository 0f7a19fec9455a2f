package dev.frontdesk.notification.tenants;

import dev.frontdesk.kit.postgres.PeriodicCleanup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Deletes what this service stores for deleted tenants, also what a request or an event that was on its way has written
 * since. Dead letters stay until they expire: an operator may have to find out what they are.
 */
@Component
final class DeletedTenants extends PeriodicCleanup {

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int BATCH = 1000;

    /** All tables of the service that belong to tenants. */
    static final List<String> TABLES = List.of(
            "jobs",
            "queues",
            "rates",
            "email_templates",
            "notifications",
            "recipients",
            "webhook_attempts",
            "webhook_events",
            "webhook_endpoints",
            "reports",
            "daily_counts",
            "idempotency_keys",
            "accounts");

    DeletedTenants(DatabaseClient database, MeterRegistry metrics) {
        super(
                "deleted tenant",
                EVERY,
                database,
                metrics,
                TABLES.stream().map(DeletedTenants::deleteFrom).toArray(Statement[]::new));
    }

    /** By the places of the locked rows, because the tables have different keys. */
    private static Statement deleteFrom(String table) {
        return new Statement("""
                        DELETE FROM %1$s WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM %1$s
                            WHERE tenant = ANY(ARRAY(SELECT id FROM tenants WHERE status = 'deleted'))
                            LIMIT :batch FOR UPDATE SKIP LOCKED))
                        """.formatted(table), BATCH);
    }
}
