package dev.frontdesk.cache.locks;

import dev.frontdesk.kit.values.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What proves that a client holds a lock: 256 random bits as 43 characters of Base64url, a secret. Redis has only its
 * SHA-256.
 */
record LockToken(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @throws IllegalArgumentException with a message that may be shown */
    static LockToken read(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("must be 43 characters of Base64url, 256 random bits");
        }
        return new LockToken(text);
    }

    static LockToken random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new LockToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    String hash() {
        return Sha256.hex(text);
    }

    @Override
    public String toString() {
        return "LockToken[…]";
    }
}
