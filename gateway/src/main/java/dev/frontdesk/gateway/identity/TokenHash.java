package dev.frontdesk.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a secret: what may be kept and compared where the secret itself may not.
 *
 * @param hex 64 lower-case digits
 */
public record TokenHash(String hex) {

    public static TokenHash of(String secret) {
        return new TokenHash(HexFormat.of().formatHex(sha256(secret)));
    }

    static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
