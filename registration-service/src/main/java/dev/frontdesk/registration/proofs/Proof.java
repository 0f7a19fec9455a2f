package dev.frontdesk.registration.proofs;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A proof that was asked for.
 *
 * @param subject who is counted: an account's id, or the hash of an address
 * @param id of the request; its code is sealed for it
 * @param accountId whose; null for nobody's, which is counted all the same
 * @param credentialsVersion of the account when this was asked for; another one by now means that this is dead
 * @param email the address that is to be proved, where that is the purpose
 * @param codeHmac what stands for the code
 * @param tokenHmac what stands for the token of a link; null where there is none
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
