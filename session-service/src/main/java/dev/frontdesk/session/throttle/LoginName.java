package dev.frontdesk.session.throttle;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.values.Sha256;
import java.util.Locale;

/**
 * The name of a login, in the form in which registration-service looks up the account: otherwise every spelling would
 * have guesses of its own. A name that is not an address has no account, but is counted too.
 */
public record LoginName(String value) {

    public static LoginName of(String typed) {
        try {
            return new LoginName(new EmailAddress(typed).value());
        } catch (IllegalArgumentException noAddress) {
            return new LoginName(typed.strip().toLowerCase(Locale.ROOT));
        }
    }

    /** SHA-256 in hex: identifies the name in a key without revealing it. */
    String hash() {
        return Sha256.hex(value);
    }

    @Override
    public String toString() {
        return "LoginName[***]";
    }
}
