package dev.frontdesk.registration.passwords;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * A password as the user typed it, in NFKC (NIST SP 800-63B, section 3.1.1.2), so that every keyboard and operating
 * system gives the same bytes. It is never truncated and never shown.
 */
public record Password(String value) {

    /**
     * Far more than 128 characters in any spelling. Bounds the normalisation, whose time grows with the square of the
     * length.
     */
    private static final int MAX_INPUT = 1024;

    /** @throws IllegalArgumentException when it is far too long, with the message of {@link PasswordPolicy} */
    public Password {
        if (value.length() > MAX_INPUT) {
            throw new IllegalArgumentException(PasswordPolicy.WRONG_LENGTH);
        }
        value = Normalizer.normalize(value, Normalizer.Form.NFKC);
    }

    int length() {
        return value.codePointCount(0, value.length());
    }

    /** A fresh copy, for the caller to wipe. */
    byte[] utf8() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "***";
    }
}
