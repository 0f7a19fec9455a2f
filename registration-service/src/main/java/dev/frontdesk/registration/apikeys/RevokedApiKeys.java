package dev.frontdesk.registration.apikeys;

import dev.frontdesk.kit.postgres.PeriodicCleanup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Deletes keys that were revoked long ago, and the keys of deleted tenants: first it revokes those, so that their copies
 * in Redis are replaced.
 */
@Component
final class RevokedApiKeys extends PeriodicCleanup {

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int BATCH = 1000;

    /** Longer than it takes to replace the copies in Redis, also after an outage. */
    private static final Duration REPLACED = Duration.ofHours(1);

    private static final String REVOKE = """
            UPDATE api_keys
            SET revoked_at = :now, updated_at = :now, version = version + 1, name = '', scopes = '{}', secret_hash = '',
                previous_hash = NULL, previous_until = NULL
            WHERE revoked_at IS NULL AND id IN (
                SELECT id FROM api_keys WHERE revoked_at IS NULL
                  AND tenant = ANY(ARRAY(SELECT id FROM tenants WHERE status = 'deleted'))
                LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    private static final String DELETE_OF_TENANTS = """
            DELETE FROM api_keys WHERE id IN (
                SELECT id FROM api_keys WHERE revoked_at < :before
                  AND tenant = ANY(ARRAY(SELECT id FROM tenants WHERE status = 'deleted'))
                LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    private static final String DELETE = """
            DELETE FROM api_keys WHERE id IN (
                SELECT id FROM api_keys WHERE revoked_at < :before ORDER BY revoked_at
                LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    RevokedApiKeys(DatabaseClient database, ApiKeyProperties properties, Clock clock, MeterRegistry metrics) {
        super(
                "api key",
                EVERY,
                database,
                metrics,
                new Statement(REVOKE, BATCH, sql -> sql.bind("now", clock.instant())),
                new Statement(
                        DELETE_OF_TENANTS,
                        BATCH,
                        sql -> sql.bind("before", clock.instant().minus(REPLACED))),
                new Statement(
                        DELETE, BATCH, sql -> sql.bind("before", clock.instant().minus(properties.keepRevoked()))));
    }
}
