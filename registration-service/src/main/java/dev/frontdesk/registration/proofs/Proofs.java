package dev.frontdesk.registration.proofs;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.postgres.Rows;
import dev.frontdesk.kit.values.EmailAddress;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores the proofs that changes of an account require, of all tenants, one per subject and purpose. They are in
 * PostgreSQL, like the accounts, so that a code is used up in the transaction of the change that it proves. Each
 * decision is one statement; it waits for a concurrent transaction on the same row and checks the row again afterwards.
 * Call it within a transaction: a refusal is a value, not an error, because an error would roll back the counted
 * attempt. For requests open to any client use {@link ClientProofs}.
 */
@Component
public final class Proofs {

    /** Counts a code and writes it in place of an older one. */
    private static final String ASK = """
            INSERT INTO proofs AS p (tenant, purpose, subject, id, account_id, credentials_version, email, code,
                                     expires_at, codes, asked_at, window_ends_at)
            VALUES (:tenant, :purpose, :subject, :id, :account_id, :credentials_version, :email, :code,
                    :expires_at, 1, :now, :window_ends_at)
            ON CONFLICT (tenant, purpose, subject) DO UPDATE
            SET id = EXCLUDED.id, account_id = EXCLUDED.account_id, credentials_version = EXCLUDED.credentials_version,
                email = EXCLUDED.email, code = EXCLUDED.code, expires_at = EXCLUDED.expires_at,
                proved = false, code_attempts = 0, asked_at = EXCLUDED.asked_at,
                attempts = CASE WHEN p.window_ends_at <= :now THEN 0 ELSE p.attempts END,
                codes = CASE WHEN p.window_ends_at <= :now THEN 1 ELSE p.codes + 1 END,
                window_ends_at =
                    CASE WHEN p.window_ends_at <= :now THEN EXCLUDED.window_ends_at ELSE p.window_ends_at END
            WHERE p.asked_at <= :asked_before AND (p.codes < :codes_per_window OR p.window_ends_at <= :now)
            """;

    static final String WAITING = """
            SELECT codes, asked_at, window_ends_at FROM proofs
            WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject
            """;

    /** Counts the attempt together with the comparison; beyond the limits no code is compared. */
    private static final String PROVE_BY_CODE = """
            UPDATE proofs
            SET code_attempts = code_attempts + 1, attempts = attempts + 1, proved = (code = :code)
            WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject
              AND NOT proved AND expires_at > :now
              AND code_attempts < :attempts_per_code AND attempts < :attempts_per_window
            RETURNING *
            """;

    /** Of the codes that several clients have requested, the newest stands for all. */
    private static final String OPEN = """
            SELECT tenant, purpose, subject, id, account_id, credentials_version, email, code, expires_at FROM proofs
            WHERE tenant = :tenant AND account_id = :account_id AND subject IN (:subjects)
              AND code IS NOT NULL AND NOT proved AND expires_at > :now
            UNION ALL (
                SELECT DISTINCT ON (purpose, subject)
                    tenant, purpose, subject, id, account_id, credentials_version, email, code, expires_at
                FROM proof_codes
                WHERE tenant = :tenant AND account_id = :account_id AND subject IN (:subjects)
                  AND NOT proved AND expires_at > :now
                ORDER BY purpose, subject, expires_at DESC)
            """;

    /** Locks the rows in a fixed order, so that concurrent transactions can't deadlock. */
    private static final String FORGET = """
            DELETE FROM proofs WHERE (tenant, purpose, subject) IN (
                SELECT tenant, purpose, subject FROM proofs WHERE tenant = :tenant AND subject IN (:subjects)
                ORDER BY tenant, purpose, subject FOR UPDATE)
            """;

    private final DatabaseClient database;
    private final ProofProperties limits;
    private final Clock clock;

    Proofs(DatabaseClient database, ProofProperties limits, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Stores this proof in place of an older one of the same subject.
     *
     * @return fails with {@link ProofLimitExceeded}, with nothing written, when the request comes too soon or too often
     */
    public Mono<Void> ask(Proof proof) {
        Instant now = now();
        return ProofRow.bind(database.sql(ASK), proof)
                .bind("now", now)
                .bind("asked_before", now.minus(limits.resendWait()))
                .bind("codes_per_window", limits.codesPerWindow())
                .bind("window_ends_at", now.plus(limits.window()))
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 1 ? Mono.empty() : refusal(proof, now));
    }

    private Mono<Void> refusal(Proof proof, Instant now) {
        return at(database.sql(WAITING), proof.tenant(), proof.purpose(), proof.subject())
                .map(row -> refusal(row, now, limits.codesPerWindow(), limits.resendWait()))
                .one()
                .flatMap(Mono::error);
    }

    /** @param row the refused subject or client, with {@code codes}, {@code asked_at} and {@code window_ends_at} */
    static ProofLimitExceeded refusal(Readable row, Instant now, int codesPerWindow, Duration resendWait) {
        int codes = Rows.required(row, "codes", Integer.class);
        Instant askedAt = Rows.required(row, "asked_at", Instant.class);
        Instant windowEndsAt = Rows.required(row, "window_ends_at", Instant.class);
        return codes >= codesPerWindow && windowEndsAt.isAfter(now)
                ? new ProofLimitExceeded("codes_per_day", codesPerWindow, codes, Duration.between(now, windowEndsAt))
                : new ProofLimitExceeded("resend_wait", 1, 1, Duration.between(now, askedAt.plus(resendWait)));
    }

    /** @return the proof, used up; empty for a wrong code, whose attempt is counted */
    public Mono<Proof> proveByCode(TenantId tenant, Purpose purpose, String subject, String codeHmac) {
        return at(database.sql(PROVE_BY_CODE), tenant, purpose, subject)
                .bind("code", codeHmac)
                .bind("now", now())
                .bind("attempts_per_code", limits.attemptsPerCode())
                .bind("attempts_per_window", limits.attemptsPerWindow())
                .map(ProofAttempt::read)
                .one()
                .filter(ProofAttempt::proves)
                .map(ProofAttempt::proof);
    }

    /** The outstanding proofs of an account. */
    public Flux<Proof> open(TenantId tenant, UUID accountId, EmailAddress email) {
        return database.sql(OPEN)
                .bind("tenant", tenant.value())
                .bind("account_id", accountId)
                .bind("subjects", subjectsOf(accountId, email))
                .bind("now", now())
                .map(ProofRow::read)
                .all();
    }

    /** Removes all proofs and counts of an account that is being deleted. */
    public Mono<Void> forget(TenantId tenant, UUID accountId, EmailAddress email) {
        return database.sql(FORGET)
                .bind("tenant", tenant.value())
                .bind("subjects", subjectsOf(accountId, email))
                .then();
    }

    private static List<String> subjectsOf(UUID accountId, EmailAddress email) {
        return List.of(accountId.toString(), email.hash());
    }

    static GenericExecuteSpec at(GenericExecuteSpec statement, TenantId tenant, Purpose purpose, String subject) {
        return statement
                .bind("tenant", tenant.value())
                .bind("purpose", purpose.key())
                .bind("subject", subject);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
