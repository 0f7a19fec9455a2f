package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.values.Sha256;

/**
 * SHA-256 of a secret, to store and compare where the secret itself must not be stored.
 *
 * @param hex 64 lower-case digits
 */
public record TokenHash(String hex) {

    public static TokenHash of(String secret) {
        return new TokenHash(Sha256.hex(secret));
    }
}
