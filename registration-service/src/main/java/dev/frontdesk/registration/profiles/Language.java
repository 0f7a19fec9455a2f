package dev.frontdesk.registration.profiles;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;

/**
 * The language of messages to a person, as a BCP 47 tag ({@code en}, {@code tr-TR}). A language that Frontdesk does not
 * support becomes English.
 */
public record Language(String tag) {

    private static final int MAX_INPUT = 35; // RFC 5646, section 4.4.1
    private static final Set<String> SPOKEN = Set.of("en", "tr");

    public static final Language ENGLISH = new Language("en");

    /** @throws IllegalArgumentException when it is no language tag; the message does not repeat the input */
    public Language {
        tag = spoken(tag);
    }

    private static String spoken(String tag) {
        try {
            if (tag.isBlank() || tag.length() > MAX_INPUT) {
                throw refused();
            }
            // Many clients use the POSIX underscore.
            Locale asked = new Locale.Builder()
                    .setLanguageTag(tag.strip().replace('_', '-'))
                    .build()
                    .stripExtensions();
            return SPOKEN.contains(asked.getLanguage()) ? asked.toLanguageTag() : "en";
        } catch (IllformedLocaleException notATag) {
            throw refused();
        }
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("must be a language tag, for example en or tr-TR");
    }

    @Override
    public String toString() {
        return tag;
    }
}
