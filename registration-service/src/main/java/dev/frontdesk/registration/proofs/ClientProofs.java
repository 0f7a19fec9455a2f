package dev.frontdesk.registration.proofs;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.kit.values.Sha256;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Proofs that any client may request for an address it knows. Each requesting client has its own code, so that a
 * stranger can neither replace the owner's code nor use up the owner's requests. The subject's row in {@code proofs}
 * counts for all clients together, and is locked before all others. A guess counts against every valid code, and a
 * correct one uses up all of them. Call it within a transaction, like {@link Proofs}.
 */
@Component
public final class ClientProofs {

    private static final String ASK_OF_SUBJECT = """
            INSERT INTO proofs AS p (tenant, purpose, subject, codes, asked_at, window_ends_at)
            VALUES (:tenant, :purpose, :subject, 1, :now, :window_ends_at)
            ON CONFLICT (tenant, purpose, subject) DO UPDATE
            SET asked_at = EXCLUDED.asked_at,
                attempts = CASE WHEN p.window_ends_at <= :now THEN 0 ELSE p.attempts END,
                codes = CASE WHEN p.window_ends_at <= :now THEN 1 ELSE p.codes + 1 END,
                window_ends_at =
                    CASE WHEN p.window_ends_at <= :now THEN EXCLUDED.window_ends_at ELSE p.window_ends_at END
            WHERE p.codes < :codes_per_window OR p.window_ends_at <= :now
            """;

    private static final String ASK_OF_CLIENT = """
            INSERT INTO proof_codes AS p (tenant, purpose, subject, client, id, account_id, credentials_version, email, code,
                                          token, expires_at, asked_at, window_ends_at)
            VALUES (:tenant, :purpose, :subject, :client, :id, :account_id, :credentials_version, :email, :code,
                    :token, :expires_at, :now, :window_ends_at)
            ON CONFLICT (tenant, purpose, subject, client) DO UPDATE
            SET id = EXCLUDED.id, account_id = EXCLUDED.account_id, credentials_version = EXCLUDED.credentials_version,
                email = EXCLUDED.email, code = EXCLUDED.code, token = EXCLUDED.token, expires_at = EXCLUDED.expires_at,
                proved = false, code_attempts = 0, asked_at = EXCLUDED.asked_at,
                codes = CASE WHEN p.window_ends_at <= :now THEN 1 ELSE p.codes + 1 END,
                window_ends_at =
                    CASE WHEN p.window_ends_at <= :now THEN EXCLUDED.window_ends_at ELSE p.window_ends_at END
            WHERE p.asked_at <= :asked_before AND (p.codes < :codes_per_window OR p.window_ends_at <= :now)
            """;

    private static final String WAITING_CLIENT = """
            SELECT codes, asked_at, window_ends_at FROM proof_codes
            WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject AND client = :client
            """;

    /**
     * Each valid code makes a guess more likely to succeed, so the oldest ones accept no more guesses. A link can't be
     * guessed and stays valid. Codes and links requested before the last change of password or address open nothing,
     * and must not use up those that do.
     */
    private static final String END_OLDEST = """
            UPDATE proof_codes
            SET code_attempts = :attempts_per_code,
                proved = proved OR account_id IS DISTINCT FROM CAST(:account_id AS uuid)
                         OR credentials_version <> :credentials_version
            WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject
              AND (account_id IS DISTINCT FROM CAST(:account_id AS uuid) OR credentials_version <> :credentials_version
                   OR client IN (
                SELECT client FROM proof_codes
                WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject AND NOT proved AND expires_at > :now
                  AND code_attempts < :attempts_per_code
                ORDER BY asked_at DESC, client OFFSET :live_codes))
            """;

    /** Concurrent guesses wait here, so that each one compares with the attempts that the others have counted. */
    private static final String LOCK_FOR_GUESS = """
            SELECT subject FROM proofs
            WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject AND attempts < :attempts_per_window
            FOR UPDATE
            """;

    private static final String COMPARE = """
            UPDATE proof_codes
            SET code_attempts = code_attempts + 1, proved = (code = :code)
            WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject
              AND NOT proved AND expires_at > :now AND code_attempts < :attempts_per_code
            RETURNING *
            """;

    private static final String COUNT_GUESS = """
            UPDATE proofs SET attempts = attempts + 1
            WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject
            """;

    /** Locks the subject before its codes, as everywhere, so that concurrent transactions can't deadlock. */
    private static final String LOCK_BY_TOKEN = """
            SELECT subject FROM proofs WHERE tenant = :tenant AND purpose = :purpose AND subject IN (
                SELECT subject FROM proof_codes WHERE tenant = :tenant AND purpose = :purpose AND token = :token)
            FOR UPDATE
            """;

    /** A token can't be guessed, so no attempt is counted. */
    private static final String PROVE_BY_TOKEN = """
            UPDATE proof_codes SET proved = true
            WHERE tenant = :tenant AND purpose = :purpose AND token = :token AND NOT proved AND expires_at > :now
            RETURNING *
            """;

    private static final String USE_UP = """
            UPDATE proof_codes SET proved = true WHERE tenant = :tenant AND purpose = :purpose AND subject = :subject
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final ProofProperties limits;
    private final Clock clock;

    ClientProofs(DatabaseClient database, TransactionalOperator transaction, ProofProperties limits, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Stores this proof in place of an older one of the same client, next to those of other clients.
     *
     * @return fails with {@link ProofLimitExceeded}, with nothing written, when the request comes too soon or too often
     */
    public Mono<Void> ask(Proof proof, ClientRange client) {
        Instant now = now();
        String hash = Sha256.hex(client.value());
        return askOfSubject(proof, now)
                .then(askOfClient(proof, hash, now))
                .then(of(database.sql(END_OLDEST), proof)
                        .bind("now", now)
                        .bind("account_id", Parameters.in(R2dbcType.VARCHAR, idOf(proof)))
                        .bind("credentials_version", proof.credentialsVersion())
                        .bind("attempts_per_code", limits.attemptsPerCode())
                        .bind("live_codes", limits.liveCodes())
                        .then())
                .as(transaction::transactional);
    }

    private Mono<Void> askOfSubject(Proof proof, Instant now) {
        return of(database.sql(ASK_OF_SUBJECT), proof)
                .bind("now", now)
                .bind("window_ends_at", now.plus(limits.window()))
                .bind("codes_per_window", limits.codesPerAddress())
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 0)
                .flatMap(_ -> of(database.sql(Proofs.WAITING), proof)
                        .map(row -> Proofs.refusal(row, now, limits.codesPerAddress(), Duration.ZERO))
                        .one())
                .flatMap(Mono::error);
    }

    private Mono<Void> askOfClient(Proof proof, String client, Instant now) {
        return Mono.defer(() -> ProofRow.bind(database.sql(ASK_OF_CLIENT), proof)
                        .bind("token", Parameters.in(R2dbcType.VARCHAR, proof.tokenHmac()))
                        .bind("client", client)
                        .bind("now", now)
                        .bind("window_ends_at", now.plus(limits.window()))
                        .bind("asked_before", now.minus(limits.resendWait()))
                        .bind("codes_per_window", limits.codesPerWindow())
                        .fetch()
                        .rowsUpdated())
                .filter(rows -> rows == 0)
                .flatMap(_ -> of(database.sql(WAITING_CLIENT), proof)
                        .bind("client", client)
                        .map(row -> Proofs.refusal(row, now, limits.codesPerWindow(), limits.resendWait()))
                        .one())
                .flatMap(Mono::error);
    }

    /**
     * @return the proof, used up together with all others of the subject; empty for a wrong code, whose attempt is
     *     counted
     */
    public Mono<Proof> proveByCode(TenantId tenant, Purpose purpose, String subject, String codeHmac) {
        return Proofs.at(database.sql(LOCK_FOR_GUESS), tenant, purpose, subject)
                .bind("attempts_per_window", limits.attemptsPerWindow())
                .fetch()
                .first()
                .flatMapMany(_ -> compare(tenant, purpose, subject, codeHmac))
                .collectList()
                .filter(compared -> !compared.isEmpty())
                .delayUntil(_ -> Proofs.at(database.sql(COUNT_GUESS), tenant, purpose, subject)
                        .then())
                .flatMap(compared -> Mono.justOrEmpty(
                        compared.stream().filter(ProofAttempt::proves).findFirst()))
                .flatMap(right -> useUp(right.proof()));
    }

    /** @return the codes that accepted the guess */
    private Flux<ProofAttempt> compare(TenantId tenant, Purpose purpose, String subject, String codeHmac) {
        return Proofs.at(database.sql(COMPARE), tenant, purpose, subject)
                .bind("code", codeHmac)
                .bind("now", now())
                .bind("attempts_per_code", limits.attemptsPerCode())
                .map(ProofAttempt::read)
                .all();
    }

    /** @return the proof, used up together with all others of the subject; empty for an invalid token */
    public Mono<Proof> proveByToken(TenantId tenant, Purpose purpose, String tokenHmac) {
        return byToken(LOCK_BY_TOKEN, tenant, purpose, tokenHmac)
                .fetch()
                .first()
                .flatMap(_ -> byToken(PROVE_BY_TOKEN, tenant, purpose, tokenHmac)
                        .bind("now", now())
                        .map(ProofRow::read)
                        .one())
                .flatMap(this::useUp);
    }

    private GenericExecuteSpec byToken(String statement, TenantId tenant, Purpose purpose, String tokenHmac) {
        return database.sql(statement)
                .bind("tenant", tenant.value())
                .bind("purpose", purpose.key())
                .bind("token", tokenHmac);
    }

    private Mono<Proof> useUp(Proof proof) {
        return of(database.sql(USE_UP), proof).then().thenReturn(proof);
    }

    private static @Nullable String idOf(Proof proof) {
        UUID account = proof.accountId();
        return account == null ? null : account.toString();
    }

    private static GenericExecuteSpec of(GenericExecuteSpec statement, Proof proof) {
        return Proofs.at(statement, proof.tenant(), proof.purpose(), proof.subject());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
