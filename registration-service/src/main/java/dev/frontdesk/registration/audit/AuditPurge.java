package dev.frontdesk.registration.audit;

import dev.frontdesk.kit.postgres.PeriodicCleanup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Deletes events older than the retention. */
@Component
final class AuditPurge extends PeriodicCleanup {

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int BATCH = 1000;

    private static final String DELETE = """
            DELETE FROM security_events WHERE id IN (
                SELECT id FROM security_events WHERE last_at < :before ORDER BY last_at
                LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    AuditPurge(DatabaseClient database, AuditProperties properties, Clock clock, MeterRegistry metrics) {
        super(
                "security event",
                EVERY,
                database,
                metrics,
                new Statement(
                        DELETE, BATCH, sql -> sql.bind("before", clock.instant().minus(properties.retention()))));
    }
}
