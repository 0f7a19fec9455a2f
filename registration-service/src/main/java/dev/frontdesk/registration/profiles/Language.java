package dev.frontdesk.registration.profiles;

import dev.frontdesk.kit.values.LanguageTag;
import java.util.Locale;
import java.util.Set;

/**
 * The language of messages to a person, as a BCP 47 tag ({@code en}, {@code tr-TR}) without extensions. A language that
 * Frontdesk does not support becomes English.
 */
public record Language(String tag) {

    private static final Set<String> SPOKEN = Set.of("en", "tr");

    public static final Language ENGLISH = new Language("en");

    /** @throws IllegalArgumentException when it is no {@link LanguageTag} */
    public Language {
        tag = spoken(new LanguageTag(tag).locale().stripExtensions());
    }

    private static String spoken(Locale asked) {
        return SPOKEN.contains(asked.getLanguage()) ? asked.toLanguageTag() : "en";
    }

    @Override
    public String toString() {
        return tag;
    }
}
