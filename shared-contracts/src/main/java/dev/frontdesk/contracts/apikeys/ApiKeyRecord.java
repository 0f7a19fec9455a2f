package dev.frontdesk.contracts.apikeys;

import dev.frontdesk.contracts.tenants.Quotas;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway needs to know of an API key. The hashes are SHA-256 of 256 random bits: they identify a secret and
 * reveal nothing about it.
 *
 * @param scopes as {@link Scopes#known} reads them
 * @param quotas of this key; those of its tenant count too
 * @param expiresAt null if it never expires
 * @param version counts the changes, from 1: of two records of a key, the higher version is the later one
 * @param revoked whether it is refused for ever; the rest is then of no use
 * @param secretHash of the current secret, as {@link ApiKeyText#secretHash} returns it
 * @param previousSecretHash of the secret before the last rotation; null if there is none
 * @param previousUntil the first moment at which the previous secret is refused; null without one
 */
public record ApiKeyRecord(
        UUID id,
        String tenant,
        String name,
        List<String> scopes,
        Quotas quotas,
        @Nullable Instant expiresAt,
        long version,
        boolean revoked,
        String secretHash,
        @Nullable String previousSecretHash,
        @Nullable Instant previousUntil) {

    /** Whether the key with this text is valid at this moment. Takes the same time for every wrong secret. */
    public boolean accepts(ApiKeyText key, Instant now) {
        String hash = key.secretHash();
        boolean current = areEqual(hash, secretHash);
        boolean previous = previousSecretHash != null
                && areEqual(hash, previousSecretHash)
                && previousUntil != null
                && now.isBefore(previousUntil);
        return (current || previous)
                && key.id().equals(id)
                && !revoked
                && (expiresAt == null || now.isBefore(expiresAt));
    }

    /** The first moment at which the key with this text is refused if nothing changes; null if there is none. */
    public @Nullable Instant endOf(ApiKeyText key) {
        boolean previous = !areEqual(key.secretHash(), secretHash);
        return previous && previousUntil != null && (expiresAt == null || previousUntil.isBefore(expiresAt))
                ? previousUntil
                : expiresAt;
    }

    private static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "ApiKeyRecord[" + id + ", version " + version + "]";
    }
}
