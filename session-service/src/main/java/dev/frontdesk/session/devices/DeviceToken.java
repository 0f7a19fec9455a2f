package dev.frontdesk.session.devices;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.frontdesk.kit.values.Sha256;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The token that a device stores after a login and sends at the next one: {@code fdd_<secret>} with 256 random bits. It
 * grants no access; it only shows that this device has logged in before. Only its hash is ever stored.
 */
public record DeviceToken(@JsonValue String value) {

    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** 43 base64url characters encode 32 bytes. */
    private static final Pattern FORM = Pattern.compile("fdd_[A-Za-z0-9_-]{43}");

    public DeviceToken {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("must be a device token from an earlier login");
        }
    }

    public static DeviceToken generate() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new DeviceToken("fdd_" + BASE64URL.encodeToString(secret));
    }

    /** Empty for any text that cannot be one of our tokens. */
    public static Optional<DeviceToken> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new DeviceToken(text)) : Optional.empty();
    }

    /** SHA-256 in hex: only this is ever stored. */
    public String hash() {
        return Sha256.hex(value);
    }

    /**
     * The public id of the device, always the same for the same token, in the form of a UUID of version 8 (RFC 9562).
     * It is not derived from the stored hash, so the id in an event does not reveal what is stored.
     */
    public UUID deviceId() {
        var bytes = ByteBuffer.wrap(Sha256.of("device:" + value));
        long high = bytes.getLong() & ~0xf000L | 0x8000L;
        long low = bytes.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    @Override
    public String toString() {
        return "fdd_***";
    }
}
