package dev.frontdesk.gateway.assertions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key pair that signs assertions, as it is stored.
 *
 * @param kid its name in assertions and among the published keys
 * @param sealedKey a JWK (RFC 7517) with both halves, encrypted
 * @param signsFrom when it begins to sign; until then it is only published
 * @param publishedUntil when applications may forget it; null for the latest key
 */
record SigningKey(
        String kid,
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
        return new SigningKey(kid, sealedKey, createdAt, signsFrom, until);
    }

    SigningKey sealedAs(String resealed) {
        return new SigningKey(kid, resealed, createdAt, signsFrom, publishedUntil);
    }

    /** Without the private key, also encrypted. */
    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
