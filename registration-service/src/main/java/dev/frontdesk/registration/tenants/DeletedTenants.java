package dev.frontdesk.registration.tenants;

import dev.frontdesk.kit.postgres.PeriodicCleanup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * Deletes what this service stores for deleted tenants, also what a request that was on its way has written since. Their
 * security events stay for as long as all others. What is in Redis expires.
 */
@Component
final class DeletedTenants extends PeriodicCleanup {

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int BATCH = 1000;

    private static final String ACCOUNTS = """
            DELETE FROM accounts WHERE id IN (
                SELECT id FROM accounts WHERE tenant = ANY(ARRAY(SELECT id FROM tenants WHERE status = 'deleted'))
                LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    private static final String PENDING_REGISTRATIONS = """
            DELETE FROM pending_registrations WHERE (tenant, address_hash) IN (
                SELECT tenant, address_hash FROM pending_registrations
                WHERE tenant = ANY(ARRAY(SELECT id FROM tenants WHERE status = 'deleted'))
                LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    private static final String PROOFS = """
            DELETE FROM proofs WHERE (tenant, purpose, subject) IN (
                SELECT tenant, purpose, subject FROM proofs
                WHERE tenant = ANY(ARRAY(SELECT id FROM tenants WHERE status = 'deleted'))
                LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    DeletedTenants(DatabaseClient database, MeterRegistry metrics) {
        super(
                "deleted tenant",
                EVERY,
                database,
                metrics,
                new Statement(ACCOUNTS, BATCH, UnaryOperator.identity()),
                new Statement(PENDING_REGISTRATIONS, BATCH, UnaryOperator.identity()),
                new Statement(PROOFS, BATCH, UnaryOperator.identity()));
    }
}
