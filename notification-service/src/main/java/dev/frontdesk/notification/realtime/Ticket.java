package dev.frontdesk.notification.realtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Opens one socket once: {@code fdt_} and 256 random bits. It may be part of a URL, because it is worthless after use.
 */
record Ticket(String value) {

    private static final Pattern FORM = Pattern.compile("fdt_[A-Za-z0-9_-]{43}");
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Ticket random() {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return new Ticket("fdt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Optional<Ticket> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Ticket(text)) : Optional.empty();
    }

    /** SHA-256 in hexadecimal; only this hash is stored. */
    String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "Ticket[***]";
    }
}
