package dev.frontdesk.registration.codes;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Six digits that prove an address. Accepts them as pasted from a mail or typed on any keyboard: with spaces and
 * hyphens around and between them, and in the digits of any script.
 *
 * @param digits ASCII digits
 */
public record VerificationCode(String digits) {

    private static final int COUNT = 1_000_000;
    private static final Pattern FORM = Pattern.compile("[0-9]{6}");
    private static final Pattern BETWEEN_DIGITS = Pattern.compile("[\\s\\p{Z}\\p{Pd}\\p{Cf}]+");

    /** Six digits and the characters that people and programs put between them. */
    private static final int MAX_INPUT = 64;

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    public VerificationCode {
        digits = digits.length() <= MAX_INPUT ? plain(digits) : "";
        if (!FORM.matcher(digits).matches()) {
            throw new IllegalArgumentException("must be six digits");
        }
    }

    /** Leaves characters that are no digits as they are. */
    private static String plain(String typed) {
        var plain = new StringBuilder();
        BETWEEN_DIGITS
                .matcher(typed)
                .replaceAll("")
                .codePoints()
                .map(it -> Character.isDigit(it) ? '0' + Character.digit(it, 10) : it)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** Every code is equally likely. */
    static VerificationCode random(SecureRandom random) {
        return new VerificationCode(String.format(Locale.ROOT, "%06d", random.nextInt(COUNT)));
    }

    @Override
    public String toString() {
        return "***";
    }
}
