package dev.frontdesk.contracts.apikeys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The key that an application holds: {@code fdk_<id>_<secret><checksum>}. The id is a UUID in its canonical form, the
 * secret 256 random bits (ASVS 7.2.3 requires 128) as 43 digits of base 62, and the checksum the CRC-32 of everything
 * before it as 6 such digits. The checksum is no protection: it finds typing errors and cut-off keys without a look-up,
 * and lets scanners of source code recognize a key.
 *
 * @param secret never stored, never logged
 */
public record ApiKeyText(UUID id, String secret) {

    private static final String PREFIX = "fdk_";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_CHARACTERS = 36;
    private static final int SECRET_CHARACTERS = 43;
    private static final int CHECKSUM_CHARACTERS = 6;
    private static final int SECRET_START = PREFIX.length() + ID_CHARACTERS + 1;
    private static final int CHECKSUM_START = SECRET_START + SECRET_CHARACTERS;
    private static final int LENGTH = CHECKSUM_START + CHECKSUM_CHARACTERS;
    private static final SecureRandom RANDOM = new SecureRandom();

    public ApiKeyText {
        if (secret.length() != SECRET_CHARACTERS || !areDigits(secret, 0)) {
            throw new IllegalArgumentException("Not the secret of an API key");
        }
    }

    /** A key with a new secret. */
    public static ApiKeyText generate(UUID id) {
        var secret = new StringBuilder(SECRET_CHARACTERS);
        for (int i = 0; i < SECRET_CHARACTERS; i++) {
            secret.append(DIGITS.charAt(RANDOM.nextInt(DIGITS.length())));
        }
        return new ApiKeyText(id, secret.toString());
    }

    /** Whether a client meant this as an API key, rightly or not; other credentials begin differently. */
    public static boolean isMeantBy(String credential) {
        return credential.startsWith(PREFIX);
    }

    /** Empty for every text that is not exactly what {@link #text} returns for some key. */
    public static Optional<ApiKeyText> parse(String text) {
        if (text.length() != LENGTH
                || !text.startsWith(PREFIX)
                || text.charAt(SECRET_START - 1) != '_'
                || !areDigits(text, SECRET_START)
                || !checksum(text).equals(text.substring(CHECKSUM_START))) {
            return Optional.empty();
        }
        UUID id = idIn(text.substring(PREFIX.length(), SECRET_START - 1));
        return id == null
                ? Optional.empty()
                : Optional.of(new ApiKeyText(id, text.substring(SECRET_START, CHECKSUM_START)));
    }

    /** {@link UUID#fromString} also accepts other forms; the canonical one is unique. */
    private static @Nullable UUID idIn(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? id : null;
        } catch (IllegalArgumentException noUuid) {
            return null;
        }
    }

    private static boolean areDigits(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return true;
    }

    /** Of everything before the checksum. */
    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.substring(0, CHECKSUM_START).getBytes(StandardCharsets.UTF_8));
        long rest = crc.getValue();
        var digits = new char[CHECKSUM_CHARACTERS];
        for (int i = CHECKSUM_CHARACTERS - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }

    /** What the application is given, once. */
    public String text() {
        String text = PREFIX + id + "_" + secret;
        return text + checksum(text);
    }

    /** SHA-256 of the secret, as 64 lower-case hex digits: only this is ever stored. */
    public String secretHash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "fdk_" + id + "_***";
    }
}
