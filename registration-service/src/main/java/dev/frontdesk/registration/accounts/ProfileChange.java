package dev.frontdesk.registration.accounts;

import dev.frontdesk.registration.profiles.Language;
import dev.frontdesk.registration.profiles.PersonName;
import dev.frontdesk.registration.profiles.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * What an owner wants different. What is null stays as it is.
 *
 * @param removesPhone whether there is to be no telephone any more
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
