package dev.frontdesk.registration.verification;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/** Six digits that only the owner of an address can know. */
public record VerificationCode(String digits) {

    private static final int COUNT = 1_000_000;
    private static final Pattern FORM = Pattern.compile("[0-9]{6}");

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    public VerificationCode {
        if (!FORM.matcher(digits).matches()) {
            throw new IllegalArgumentException("must be six digits");
        }
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
