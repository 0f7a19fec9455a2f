package dev.frontdesk.registration.passwords;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.values.TypedText;
import dev.frontdesk.registration.profiles.PersonName;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which passwords may be chosen: length and guessability, no rules of composition (NIST SP 800-63B, section 3.1.1.2; ASVS
 * 5.0, 6.2). Decided by what was sent alone: whether the address has an account makes no difference.
 */
@Component
public final class PasswordPolicy {

    static final int MIN_CODE_POINTS = 8;
    static final int MAX_CODE_POINTS = 128;
    static final String WRONG_LENGTH = "must have " + MIN_CODE_POINTS + " to " + MAX_CODE_POINTS + " characters";

    /** Half a pair is no character, and every half would become the same question mark in UTF-8. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private final BreachedPasswords breached = BreachedPasswords.bundled();

    /**
     * @param email whose password it is to be, if that is known
     * @param names of that person, as far as they are known
     * @return what is wrong with the password, without repeating it
     */
    public Optional<String> objection(Password password, @Nullable EmailAddress email, PersonName... names) {
        if (password.length() < MIN_CODE_POINTS || password.length() > MAX_CODE_POINTS) {
            return Optional.of(WRONG_LENGTH);
        }
        if (LONE_SURROGATE.matcher(password.value()).find()) {
            return Optional.of("must consist of whole characters");
        }
        if (TypedText.shown(password.value(), MAX_CODE_POINTS).isEmpty()) {
            return Optional.of("must have characters that can be seen");
        }
        if (breached.contain(password)) {
            return Optional.of("is one of the passwords that are tried first");
        }
        if (PersonalWords.of(email, names).make(password)) {
            return Optional.of("must not be made of the address or the name");
        }
        return Optional.empty();
    }
}
