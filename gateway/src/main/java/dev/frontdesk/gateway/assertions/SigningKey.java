package dev.frontdesk.gateway.assertions;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key pair that signs assertions, as it is stored.
 *
 * @param kid its name in assertions and among the published keys
 * @param publicKey a JWK (RFC 7517) without private members
 * @param sealedKey the whole JWK, encrypted
 * @param signsFrom when it begins to sign; until then it is only published
 * @param publishedUntil when applications may forget it; null for the latest key
 */
record SigningKey(
        String kid,
        Map<String, Object> publicKey,
        String sealedKey,
        Instant createdAt,
        Instant signsFrom,
        @Nullable Instant publishedUntil) {

    boolean isPublished(Instant now) {
        return publishedUntil == null || now.isBefore(publishedUntil);
    }

    boolean signs(Instant now) {
        return !now.isBefore(signsFrom) && isPublished(now);
    }

    SigningKey publishedUntil(Instant until) {
        return new SigningKey(kid, publicKey, sealedKey, createdAt, signsFrom, until);
    }

    /** Without the private key, also encrypted. */
    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
