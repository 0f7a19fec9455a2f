package dev.frontdesk.session.sessions;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.values.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
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

    /** 43 base64url characters encode 32 bytes. */
    private static final Pattern FORM = Pattern.compile("fds_(0|[1-9][0-9]?)_[A-Za-z0-9_-]{43}");

    public SessionToken {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("Not a session token");
        }
    }

    static SessionToken generate(Partition partition) {
        return new SessionToken("fds_" + partition.number() + "_" + randomText());
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
            return new SessionToken("fds_" + partition().number() + "_" + BASE64URL.encodeToString(secret));
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

    private static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches() && partitionIn(text) < Partition.COUNT;
    }

    private static int partitionIn(String text) {
        return Integer.parseInt(text, 4, text.indexOf('_', 4), 10);
    }

    @Override
    public String toString() {
        return "fds_***";
    }
}
