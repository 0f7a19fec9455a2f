package dev.frontdesk.registration.profiles;

import java.util.regex.Pattern;

/**
 * A telephone number in E.164 form: {@code +}, the country code, and at most 15 digits in all.
 * {@link PhoneNumberParser} reads what users type; a stored number is accepted as it is, even if the installation's
 * region has changed.
 */
public record PhoneNumber(String value) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{3,14}");

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    public PhoneNumber {
        if (!E164.matcher(value).matches()) {
            throw new IllegalArgumentException("is not an E.164 number");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
