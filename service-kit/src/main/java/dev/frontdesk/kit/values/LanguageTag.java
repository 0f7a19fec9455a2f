package dev.frontdesk.kit.values;

import java.util.IllformedLocaleException;
import java.util.Locale;

/**
 * A BCP 47 language tag ({@code en}, {@code tr-TR}) in its canonical spelling. The rule for every locale that a client
 * sends.
 */
public record LanguageTag(String value) {

    private static final int LONGEST = 35; // RFC 5646, section 4.4.1

    /**
     * Surrounding space is removed, and the POSIX underscore, which many clients use, becomes a hyphen.
     *
     * @throws IllegalArgumentException if it is no language tag; the message may be shown and does not repeat the input
     */
    public LanguageTag {
        value = canonical(value);
    }

    /** The same as the constructor, for readers of fields. */
    public static String read(String text) {
        return new LanguageTag(text).value();
    }

    public Locale locale() {
        return Locale.forLanguageTag(value);
    }

    private static String canonical(String text) {
        String given = text.strip().replace('_', '-');
        String tag = given.isEmpty() || given.length() > LONGEST ? "" : parsed(given);
        if (tag.isEmpty() || tag.length() > LONGEST) {
            throw new IllegalArgumentException("must be a language tag, for example en or tr-TR");
        }
        return tag;
    }

    private static String parsed(String given) {
        try {
            return new Locale.Builder().setLanguageTag(given).build().toLanguageTag();
        } catch (IllformedLocaleException notATag) {
            return "";
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
