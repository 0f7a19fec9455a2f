package dev.frontdesk.registration.profiles;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * A first or a last name: 1 to 100 code points (NFC, without surrounding space) and nothing that breaks a line or turns
 * the direction of what follows it. Everything else is a name, whatever it looks like.
 */
public record PersonName(String value) {

    private static final int MAX_CODE_POINTS = 100;

    /** Control, lone surrogates, line and paragraph separators, and overrides and isolates of direction. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]");

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    public PersonName {
        if (UNPRINTABLE.matcher(value).find()) {
            throw new IllegalArgumentException("must not contain control characters");
        }
        value = Normalizer.normalize(value, Normalizer.Form.NFC).strip();
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > MAX_CODE_POINTS) {
            throw new IllegalArgumentException("must have 1 to " + MAX_CODE_POINTS + " characters");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
