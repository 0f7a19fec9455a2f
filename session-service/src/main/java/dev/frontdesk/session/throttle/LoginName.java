package dev.frontdesk.session.throttle;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.values.Sha256;
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
        return Sha256.hex(value);
    }

    @Override
    public String toString() {
        return "LoginName[***]";
    }
}
