package dev.frontdesk.registration.proofs;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.postgres.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Limits how often sessions may guess the password of their account. An attempt is counted before the comparison, and
 * given back when the password was correct.
 */
@Component
public final class PasswordAttempts {

    private static final String COUNT = """
            INSERT INTO proofs AS p (tenant, purpose, subject, account_id, attempts, window_ends_at)
            VALUES (:tenant, :purpose, :subject, :account_id, 1, :window_ends_at)
            ON CONFLICT (tenant, purpose, subject) DO UPDATE
            SET attempts = CASE WHEN p.window_ends_at <= :now THEN 1 ELSE p.attempts + 1 END,
                window_ends_at =
                    CASE WHEN p.window_ends_at <= :now THEN EXCLUDED.window_ends_at ELSE p.window_ends_at END
            WHERE p.attempts < :limit OR p.window_ends_at <= :now
            """;

    private static final String WINDOW_ENDS_AT = """
            SELECT window_ends_at FROM proofs
            WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject
            """;

    private static final String GIVE_BACK = """
            UPDATE proofs SET attempts = GREATEST(attempts - 1, 0)
            WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject
            """;

    private final DatabaseClient database;
    private final ProofProperties limits;
    private final Clock clock;

    PasswordAttempts(DatabaseClient database, ProofProperties limits, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * @return fails with {@link PasswordAttemptsExceeded} when the limit is reached; then the password must not be
     *     compared
     */
    public Mono<Void> count(TenantId tenant, UUID accountId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return of(database.sql(COUNT), tenant, accountId)
                .bind("account_id", accountId)
                .bind("now", now)
                .bind("window_ends_at", now.plus(limits.passwordWindow()))
                .bind("limit", limits.passwordAttempts())
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 1 ? Mono.empty() : refusal(tenant, accountId, now));
    }

    private Mono<Void> refusal(TenantId tenant, UUID accountId, Instant now) {
        return of(database.sql(WINDOW_ENDS_AT), tenant, accountId)
                .map(row -> Rows.required(row, "window_ends_at", Instant.class))
                .one()
                .flatMap(end -> Mono.error(
                        new PasswordAttemptsExceeded(limits.passwordAttempts(), Duration.between(now, end))));
    }

    public Mono<Void> giveBack(TenantId tenant, UUID accountId) {
        return of(database.sql(GIVE_BACK), tenant, accountId).then();
    }

    private static DatabaseClient.GenericExecuteSpec of(
            DatabaseClient.GenericExecuteSpec statement, TenantId tenant, UUID accountId) {
        return statement
                .bind("tenant", tenant.value())
                .bind("purpose", Purpose.REAUTHENTICATION.key())
                .bind("subject", accountId.toString());
    }
}
