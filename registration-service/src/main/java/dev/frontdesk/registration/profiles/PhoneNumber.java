package dev.frontdesk.registration.profiles;

import java.util.regex.Pattern;

/** A telephone number as E.164 writes it: {@code +}, then 7 to 15 digits. Spaces, dots, hyphens and brackets are dropped. */
public record PhoneNumber(String value) {

    private static final int MAX_INPUT = 64;
    private static final Pattern PUNCTUATION = Pattern.compile("[ .()-]");
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    public PhoneNumber {
        value = value.length() > MAX_INPUT ? "" : PUNCTUATION.matcher(value).replaceAll("");
        if (!E164.matcher(value).matches()) {
            throw new IllegalArgumentException("must be an international number, for example +905551234567");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
