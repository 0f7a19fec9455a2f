package dev.frontdesk.session.throttle;

import dev.frontdesk.kit.addresses.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The name that somebody logs in with, in the form by which registration-service finds the account: otherwise every spelling
 * would have guesses of its own. What is no address has no account, and is counted all the same.
 */
public record LoginName(String value) {

    public static LoginName of(String typed) {
        try {
            return new LoginName(new EmailAddress(typed).value());
        } catch (IllegalArgumentException noAddress) {
            return new LoginName(typed.strip().toLowerCase(Locale.ROOT));
        }
    }

    /** SHA-256 in hex: names it in a key without showing it. */
    String hash() {
        return sha256(value);
    }

    static String sha256(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "LoginName[***]";
    }
}
