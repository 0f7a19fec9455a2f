package dev.frontdesk.registration.proofs;

import dev.frontdesk.kit.postgres.PeriodicCleanup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Deletes proofs whose code has expired and whose window has ended. */
@Component
final class ProofPurge extends PeriodicCleanup {

    private static final int BATCH = 500;

    private static final String PURGE_CODES = """
            DELETE FROM proof_codes WHERE (tenant, purpose, subject, client) IN (
                SELECT tenant, purpose, subject, client FROM proof_codes
                WHERE window_ends_at < :now AND expires_at < :now
                LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    /**
     * Keeps the row while client codes exist: a client's window may have begun later, and its codes would be deleted
     * with the row.
     */
    private static final String PURGE = """
            DELETE FROM proofs WHERE (tenant, purpose, subject) IN (
                SELECT tenant, purpose, subject FROM proofs AS p
                WHERE window_ends_at < :now AND (expires_at IS NULL OR expires_at < :now) AND NOT EXISTS (
                    SELECT FROM proof_codes AS c
                    WHERE c.tenant = p.tenant AND c.purpose = p.purpose AND c.subject = p.subject)
                LIMIT :batch FOR UPDATE SKIP LOCKED)
            """;

    ProofPurge(DatabaseClient database, ProofProperties properties, Clock clock, MeterRegistry metrics) {
        super(
                "proof",
                properties.purgeEvery(),
                database,
                metrics,
                new Statement(PURGE_CODES, BATCH, sql -> sql.bind("now", clock.instant())),
                new Statement(PURGE, BATCH, sql -> sql.bind("now", clock.instant())));
    }
}
