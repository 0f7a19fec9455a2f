package dev.frontdesk.registration.proofs;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** Maps a proof to and from a row of {@code proofs} or {@code proof_codes}. */
final class ProofRow {

    private ProofRow() {}

    static GenericExecuteSpec bind(GenericExecuteSpec statement, Proof proof) {
        UUID account = proof.accountId();
        var bound =
                account == null ? statement.bindNull("account_id", UUID.class) : statement.bind("account_id", account);
        return bound.bind("tenant", proof.tenant().value())
                .bind("purpose", proof.purpose().key())
                .bind("subject", proof.subject())
                .bind("id", proof.id())
                .bind("credentials_version", proof.credentialsVersion())
                .bind("email", Parameters.in(R2dbcType.VARCHAR, proof.email()))
                .bind("code", proof.codeHmac())
                .bind("expires_at", proof.expiresAt());
    }

    /** Without the token, which only the database compares. */
    static Proof read(Readable row) {
        return new Proof(
                new TenantId(required(row, "tenant", String.class)),
                purpose(required(row, "purpose", String.class)),
                required(row, "subject", String.class),
                required(row, "id", UUID.class),
                row.get("account_id", UUID.class),
                required(row, "credentials_version", Long.class),
                row.get("email", String.class),
                required(row, "code", String.class),
                null,
                required(row, "expires_at", Instant.class));
    }

    private static Purpose purpose(String key) {
        return Arrays.stream(Purpose.values())
                .filter(purpose -> purpose.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Unknown value in column proofs.purpose"));
    }
}
