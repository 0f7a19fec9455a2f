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
 * What a device keeps after a login and shows at the next one: {@code fdd_<secret>} with 256 random bits. It opens
 * nothing; it
 * says that this device has logged in before. Only its hash is ever stored.
 */
public record DeviceToken(@JsonValue String value) {

    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** 43 characters of base64url carry 32 bytes. */
    private static final Pattern FORM = Pattern.compile("fdd_[A-Za-z0-9_-]{43}");

    public DeviceToken {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("must be what an earlier login was answered with");
        }
    }

    public static DeviceToken generate() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new DeviceToken("fdd_" + BASE64URL.encodeToString(secret));
    }

    /** Empty for everything that can't be a token of ours. */
    public static Optional<DeviceToken> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new DeviceToken(text)) : Optional.empty();
    }

    /** SHA-256 in hex: all that is ever stored of it. */
    public String hash() {
        return Sha256.hex(value);
    }

    /**
     * The public name of the device, the same for the same token, in the form of a UUID of version 8 (RFC 9562). It has
     * nothing of the stored hash, so that who reads an event does not know what a store has.
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
