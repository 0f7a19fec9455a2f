package dev.frontdesk.registration.passwords;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.values.TypedText;
import dev.frontdesk.registration.profiles.PersonName;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides which passwords are accepted, by length and guessability; there are no composition rules (NIST SP 800-63B,
 * section 3.1.1.2; ASVS 5.0, 6.2). Depends only on the data sent: whether the address has an account makes no
 * difference.
 */
@Component
public final class PasswordPolicy {

    static final int MIN_CODE_POINTS = 8;
    static final int MAX_CODE_POINTS = 128;
    static final String WRONG_LENGTH = "must have " + MIN_CODE_POINTS + " to " + MAX_CODE_POINTS + " characters";

    /** Half a surrogate pair is no character, and UTF-8 encoding would replace every half by the same question mark. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private final BreachedPasswords breached = BreachedPasswords.bundled();

    /**
     * @param email address of the account, if known
     * @param names names of the person, as far as known
     * @return what is wrong with the password, without repeating it
     */
    public Optional<String> objection(Password password, @Nullable EmailAddress email, PersonName... names) {
        if (password.length() < MIN_CODE_POINTS || password.length() > MAX_CODE_POINTS) {
            return Optional.of(WRONG_LENGTH);
        }
        if (LONE_SURROGATE.matcher(password.value()).find()) {
            return Optional.of("must be valid Unicode text");
        }
        if (TypedText.shown(password.value(), MAX_CODE_POINTS).isEmpty()) {
            return Optional.of("must have visible characters");
        }
        if (breached.contain(password)) {
            return Optional.of("is a known breached password");
        }
        if (PersonalWords.of(email, names).make(password)) {
            return Optional.of("must not consist of the address or the name");
        }
        return Optional.empty();
    }
}
