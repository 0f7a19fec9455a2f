package dev.frontdesk.registration.recovery;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The token of a link, used instead of address and code: 256 random bits, so it identifies its account and can't be
 * guessed.
 */
record ResetToken(String value) {

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    ResetToken {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("must be the token of a reset link");
        }
    }

    static ResetToken random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new ResetToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return "***";
    }
}
