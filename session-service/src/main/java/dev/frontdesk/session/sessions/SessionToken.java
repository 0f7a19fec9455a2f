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
 * What a client holds: {@code fds_<partition>_<secret>}. The secret is 256 random bits (ASVS 7.2.3 asks for 128); the
 * partition only says in which slot the session lies, and is worthless to whoever changes it.
 */
public record SessionToken(@JsonValue String value) {

    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** 43 characters of base64url carry 32 bytes. */
    private static final Pattern FORM = Pattern.compile("fds_(0|[1-9][0-9]?)_[A-Za-z0-9_-]{43}");

    public SessionToken {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("Not a session token");
        }
    }

    static SessionToken generate(Partition partition) {
        return new SessionToken("fds_" + partition.number() + "_" + randomText());
    }

    /** What {@link #successor} is made with. */
    static String generateSalt() {
        return randomText();
    }

    private static String randomText() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return BASE64URL.encodeToString(secret);
    }

    /**
     * The token that takes this one's place: HMAC-SHA256 of the salt, keyed with this token. So whoever holds this token
     * gets the same successor with the same salt, while the salt alone, which is kept, says nothing about either.
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

    /** Empty for everything that can't be a token of ours. */
    public static Optional<SessionToken> parse(String text) {
        return isWellFormed(text) ? Optional.of(new SessionToken(text)) : Optional.empty();
    }

    Partition partition() {
        return new Partition(partitionIn(value));
    }

    /** SHA-256 of the whole token in hex: all that is ever stored of it. */
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
