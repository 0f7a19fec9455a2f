package dev.frontdesk.registration.passwords;

import dev.frontdesk.registration.addresses.EmailAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which passwords may be chosen: length and guessability, no rules of composition (NIST SP 800-63B, section 3.1.1.2; ASVS
 * 5.0, 6.2).
 */
@Component
public final class PasswordPolicy {

    static final int MIN_CODE_POINTS = 8;
    static final int MAX_CODE_POINTS = 128;

    /** A shorter local part stands in many words by chance. */
    private static final int SHORTEST_TELLING_LOCAL_PART = 4;

    /** Half a pair is no character, and every half would become the same question mark in UTF-8. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private final CommonPasswords common = CommonPasswords.bundled();

    /**
     * @param email whose password it is to be, if that is known
     * @return what is wrong with the password, without repeating it
     */
    public Optional<String> objection(Password password, @Nullable EmailAddress email) {
        if (password.length() < MIN_CODE_POINTS || password.length() > MAX_CODE_POINTS) {
            return Optional.of("must have " + MIN_CODE_POINTS + " to " + MAX_CODE_POINTS + " characters");
        }
        if (LONE_SURROGATE.matcher(password.value()).find()) {
            return Optional.of("must consist of whole characters");
        }
        if (common.contain(password)) {
            return Optional.of("is one of the passwords that are tried first");
        }
        if (email != null && isMadeOf(email, password)) {
            return Optional.of("must not contain the address");
        }
        return Optional.empty();
    }

    private static boolean isMadeOf(EmailAddress email, Password password) {
        String lower = password.value().toLowerCase(Locale.ROOT);
        String local = email.localPart();
        return lower.contains(email.value())
                || (local.length() >= SHORTEST_TELLING_LOCAL_PART && lower.contains(local));
    }
}
