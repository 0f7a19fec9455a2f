package dev.frontdesk.registration.passwords;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stored hash: a PHC string with version, parameters and salt, as every implementation of Argon2 reads and writes it.
 */
final class PasswordHash {

    private static final Pattern PHC = Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})"
            + "\\$([A-Za-z0-9+/]{11,128})\\$([A-Za-z0-9+/]{16,128})");

    private final Argon2Parameters parameters;
    private final byte[] salt;
    private final byte[] hash;

    PasswordHash(Argon2Parameters parameters, byte[] salt, byte[] hash) {
        this.parameters = parameters;
        this.salt = salt.clone();
        this.hash = hash.clone();
    }

    /** @throws IllegalArgumentException when the text is not such a hash; the message does not repeat it */
    static PasswordHash read(String phc) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an Argon2id hash");
        }
        var parameters = new Argon2Parameters(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        var base64 = Base64.getDecoder();
        return new PasswordHash(parameters, base64.decode(parts.group(4)), base64.decode(parts.group(5)));
    }

    /** The hash of an account without a password: no input is known to hash to zeros. */
    static PasswordHash ofNone(Argon2Parameters parameters, byte[] salt, int length) {
        return new PasswordHash(parameters, salt, new byte[length]);
    }

    boolean isOfNone() {
        for (byte part : hash) {
            if (part != 0) {
                return false;
            }
        }
        return true;
    }

    Argon2Parameters parameters() {
        return parameters;
    }

    byte[] salt() {
        return salt.clone();
    }

    byte[] hash() {
        return hash.clone();
    }

    String phc() {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        parameters.memory(),
                        parameters.iterations(),
                        parameters.lanes(),
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    @Override
    public String toString() {
        return "***";
    }
}
