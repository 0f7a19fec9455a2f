package dev.frontdesk.session.sessions;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.values.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token that a client holds: {@code fds_<partition>_<secret>}. The secret is 256 random bits (ASVS 7.2.3 requires
 * 128); the partition only shows in which slot the session is stored, and changing it gains nothing.
 */
public record SessionToken(@JsonValue String value) {

    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private static final String PREFIX = "fds_";

    /** Characters of base64url that encode 32 bytes. */
    private static final int SECRET_CHARACTERS = 43;

    public SessionToken {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("Not a session token");
        }
    }

    static SessionToken generate(Partition partition) {
        return new SessionToken(PREFIX + partition.number() + "_" + randomText());
    }

    /** The salt for {@link #successor}. */
    static String generateSalt() {
        return randomText();
    }

    private static String randomText() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return BASE64URL.encodeToString(secret);
    }

    /**
     * The token that replaces this one: HMAC-SHA256 of the salt, keyed with this token. A client with this token
     * therefore gets the same successor for the same salt, while the stored salt alone reveals nothing about either
     * token.
     */
    SessionToken successor(String salt) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            byte[] secret = mac.doFinal(salt.getBytes(StandardCharsets.US_ASCII));
            return new SessionToken(PREFIX + partition().number() + "_" + BASE64URL.encodeToString(secret));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Empty for any text that cannot be one of our tokens. */
    public static Optional<SessionToken> parse(String text) {
        return isWellFormed(text) ? Optional.of(new SessionToken(text)) : Optional.empty();
    }

    Partition partition() {
        return new Partition(partitionIn(value));
    }

    /** SHA-256 of the whole token in hex: only this is ever stored. */
    String hash() {
        return Sha256.hex(value);
    }

    /** Checked for every request: a regular expression would cost more. */
    private static boolean isWellFormed(String text) {
        int secret = text.length() - SECRET_CHARACTERS;
        return text.startsWith(PREFIX) && isPartition(text, PREFIX.length(), secret - 1) && isSecret(text, secret);
    }

    /** One or two digits without a leading zero, and an underscore. */
    private static boolean isPartition(String text, int start, int end) {
        int digits = end - start;
        if (digits < 1 || digits > 2 || text.charAt(end) != '_') {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return (digits == 1 || text.charAt(start) != '0') && partitionIn(text) < Partition.COUNT;
    }

    private static boolean isSecret(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    private static int partitionIn(String text) {
        return Integer.parseInt(text, PREFIX.length(), text.indexOf('_', PREFIX.length()), 10);
    }

    @Override
    public String toString() {
        return "fds_***";
    }
}
