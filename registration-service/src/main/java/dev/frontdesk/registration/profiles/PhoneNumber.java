package dev.frontdesk.registration.profiles;

import java.util.regex.Pattern;

/**
 * A telephone number as E.164 writes it: {@code +}, the country's code, and 15 digits at most in all. What people type
 * is read by {@link PhoneNumberParser}; what was stored is taken as it is, whatever the installation's region is by now.
 */
public record PhoneNumber(String value) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{3,14}");

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    public PhoneNumber {
        if (!E164.matcher(value).matches()) {
            throw new IllegalArgumentException("is no E.164 number");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
