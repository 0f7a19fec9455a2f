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
 * The codes that an account's life waits for, one for each subject, of all tenants, in PostgreSQL, where the accounts are: so
 * a code is used up in the transaction of what it proves. Each decision is one statement; it waits for a transaction that
 * decides on the same row, and looks at the row again after it. Meant to be called within a transaction: a refusal is a value,
 * not an error, because the attempt has to stay counted. For what anybody may ask for there is {@link ClientProofs}.
 */
@Component
public final class Proofs {

    /** Counts a code, and writes it in the place of an older one; what follows says under which conditions. */
    static final String UPSERT = """
            INSERT INTO proofs AS p (tenant, purpose, subject, id, account_id, credentials_version, email, code, token,
                                     expires_at, codes, asked_at, window_ends_at)
            VALUES (:tenant, :purpose, :subject, :id, :account_id, :credentials_version, :email, :code, :token,
                    :expires_at, 1, :now, :window_ends_at)
            ON CONFLICT (tenant, purpose, subject) DO UPDATE
            SET id = EXCLUDED.id, account_id = EXCLUDED.account_id, credentials_version = EXCLUDED.credentials_version,
                email = EXCLUDED.email, code = EXCLUDED.code, token = EXCLUDED.token, expires_at = EXCLUDED.expires_at,
                proved = false, code_attempts = 0, asked_at = EXCLUDED.asked_at,
                attempts = CASE WHEN p.window_ends_at <= :now THEN 0 ELSE p.attempts END,
                codes = CASE WHEN p.window_ends_at <= :now THEN 1 ELSE p.codes + 1 END,
                window_ends_at =
                    CASE WHEN p.window_ends_at <= :now THEN EXCLUDED.window_ends_at ELSE p.window_ends_at END
            """;

    private static final String ASK = UPSERT + """
            WHERE p.asked_at <= :asked_before AND (p.codes < :codes_per_window OR p.window_ends_at <= :now)
            """;

    static final String WAITING = """
            SELECT codes, asked_at, window_ends_at FROM proofs
            WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject
            """;

    /** Counts first: what is compared with more codes than allowed is not compared at all. */
    private static final String PROVE_BY_CODE = """
            UPDATE proofs
            SET code_attempts = code_attempts + 1, attempts = attempts + 1, proved = (code = :code)
            WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject
              AND NOT proved AND expires_at > :now
              AND code_attempts < :attempts_per_code AND attempts < :attempts_per_window
            RETURNING *
            """;

    private static final String OPEN = """
            SELECT * FROM proofs
            WHERE tenant = :tenant AND account_id = :account_id AND subject IN (:subjects)
              AND code IS NOT NULL AND NOT proved AND expires_at > :now
            """;

    /** In one order for all, so that two who do this wait for each other and not in a circle. */
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
     * Waits for this proof in the place of an older one of the same subject.
     *
     * @return an error of {@link ProofLimitExceeded}, with nothing written, when it is too soon or was often enough
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

    /** @param row with {@code codes}, {@code asked_at} and {@code window_ends_at} of who was refused */
    static ProofLimitExceeded refusal(Readable row, Instant now, int codesPerWindow, Duration resendWait) {
        int codes = Rows.required(row, "codes", Integer.class);
        Instant askedAt = Rows.required(row, "asked_at", Instant.class);
        Instant windowEndsAt = Rows.required(row, "window_ends_at", Instant.class);
        return codes >= codesPerWindow && windowEndsAt.isAfter(now)
                ? new ProofLimitExceeded("codes_per_day", codesPerWindow, codes, Duration.between(now, windowEndsAt))
                : new ProofLimitExceeded("resend_wait", 1, 1, Duration.between(now, askedAt.plus(resendWait)));
    }

    /** @return the proof, used up; empty for a code that proves nothing, whose attempt is counted */
    public Mono<Proof> proveByCode(TenantId tenant, Purpose purpose, String subject, String codeHmac) {
        return attempt(tenant, purpose, subject, codeHmac)
                .filter(ProofAttempt::proves)
                .map(ProofAttempt::proof);
    }

    /** @return the newest code, whether it is this one or not; empty, with nothing counted, where none may be tried */
    Mono<ProofAttempt> attempt(TenantId tenant, Purpose purpose, String subject, String codeHmac) {
        return at(database.sql(PROVE_BY_CODE), tenant, purpose, subject)
                .bind("code", codeHmac)
                .bind("now", now())
                .bind("attempts_per_code", limits.attemptsPerCode())
                .bind("attempts_per_window", limits.attemptsPerWindow())
                .map(ProofAttempt::read)
                .one();
    }

    /** What an account waits for. */
    public Flux<Proof> open(TenantId tenant, UUID accountId, EmailAddress email) {
        return database.sql(OPEN)
                .bind("tenant", tenant.value())
                .bind("account_id", accountId)
                .bind("subjects", subjectsOf(accountId, email))
                .bind("now", now())
                .map(ProofRow::read)
                .all();
    }

    /** Nothing of an account that goes is left, its counts included. */
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
