package dev.frontdesk.registration.accounts;

import dev.frontdesk.registration.profiles.Language;
import dev.frontdesk.registration.profiles.PersonName;
import dev.frontdesk.registration.profiles.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * The changes that an owner requests. Null fields stay unchanged.
 *
 * @param removesPhone whether the telephone number is removed
 */
public record ProfileChange(
        @Nullable PersonName firstName,
        @Nullable PersonName lastName,
        @Nullable PhoneNumber phone,
        boolean removesPhone,
        @Nullable Language language) {

    public boolean isNothing() {
        return firstName == null && lastName == null && phone == null && !removesPhone && language == null;
    }
}
