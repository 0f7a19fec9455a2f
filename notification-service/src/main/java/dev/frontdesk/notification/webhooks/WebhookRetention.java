package dev.frontdesk.notification.webhooks;

import dev.frontdesk.kit.postgres.PeriodicCleanup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Deletes attempts and events older than the retention, and former secrets that sign no more. */
@Component
class WebhookRetention extends PeriodicCleanup {

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int BATCH = 2_000;

    private static final String ATTEMPTS = """
            DELETE FROM webhook_attempts WHERE id = ANY(ARRAY(
                SELECT id FROM webhook_attempts WHERE started_at < now() - :keepFor * interval '1 second'
                ORDER BY started_at LIMIT :batch FOR UPDATE SKIP LOCKED))
            """;

    private static final String EVENTS = """
            DELETE FROM webhook_events WHERE (tenant, id) IN (
                SELECT tenant, id FROM webhook_events WHERE created_at < now() - :keepFor * interval '1 second'
                ORDER BY created_at LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    private static final String SECRETS = """
            UPDATE webhook_endpoints SET former_secret = NULL, former_until = NULL WHERE id = ANY(ARRAY(
                SELECT id FROM webhook_endpoints WHERE former_until <= now() LIMIT :batch FOR UPDATE SKIP LOCKED))
            """;

    WebhookRetention(DatabaseClient database, WebhookProperties properties, MeterRegistry metrics) {
        super(
                "webhook",
                EVERY,
                database,
                metrics,
                new Statement(
                        ATTEMPTS,
                        BATCH,
                        sql -> sql.bind("keepFor", properties.keepFor().toSeconds())),
                new Statement(
                        EVENTS,
                        BATCH,
                        sql -> sql.bind("keepFor", properties.keepFor().toSeconds())),
                new Statement(SECRETS, BATCH));
    }
}
