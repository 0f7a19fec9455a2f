package dev.frontdesk.registration.passwords;

import java.text.Normalizer;

/**
 * A password as somebody typed it, in NFKC (NIST SP 800-63B, section 3.1.1.2), so that every keyboard and operating
 * system gives the same bytes. It is never cut, and never shown.
 */
public record Password(String value) {

    public Password {
        value = Normalizer.normalize(value, Normalizer.Form.NFKC);
    }

    int length() {
        return value.codePointCount(0, value.length());
    }

    @Override
    public String toString() {
        return "***";
    }
}
