package dev.frontdesk.notification.templates;

import java.util.Arrays;
import java.util.Locale;

/** A language that every template exists in. */
public enum Language {
    ENGLISH("en"),
    TURKISH("tr");

    private final String code;

    Language(String code) {
        this.code = code;
    }

    /** ISO 639 code; the ending of a template's file name. */
    public String code() {
        return code;
    }

    /**
     * The language of a locale, whatever its region; English if there are no templates in that language.
     *
     * @param tag BCP 47, for example {@code tr-TR}; a malformed tag is not an error
     */
    public static Language of(String tag) {
        String wanted = Locale.forLanguageTag(tag).getLanguage();
        return Arrays.stream(values())
                .filter(language -> language.code.equals(wanted))
                .findFirst()
                .orElse(ENGLISH);
    }
}
