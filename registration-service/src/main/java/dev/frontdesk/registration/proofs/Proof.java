package dev.frontdesk.registration.proofs;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A requested proof.
 *
 * @param subject what attempts are counted by: an account's id, or the hash of an address
 * @param id id of the request; the code is sealed for it
 * @param accountId the account; null when there is none, which is counted all the same
 * @param credentialsVersion of the account at the time of the request; the proof is void if it has changed since
 * @param email the address to be proved, if that is the purpose
 * @param codeHmac HMAC of the code
 * @param tokenHmac HMAC of the token of a link; null if there is none
 * @param expiresAt when code and token stop working
 */
public record Proof(
        TenantId tenant,
        Purpose purpose,
        String subject,
        UUID id,
        @Nullable UUID accountId,
        long credentialsVersion,
        @Nullable String email,
        String codeHmac,
        @Nullable String tokenHmac,
        Instant expiresAt) {

    @Override
    public String toString() {
        return "Proof[" + id + " of " + tenant + "]";
    }
}
