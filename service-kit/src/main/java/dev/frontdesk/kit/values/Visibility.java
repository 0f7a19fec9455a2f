package dev.frontdesk.kit.values;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * Whether and how a code point is visible by itself, according to Unicode's categories, and to the lists below where
 * the categories are not sufficient.
 */
enum Visibility {
    /** A letter, mark, digit, punctuation or symbol. */
    SEEN,
    /** A space between words. */
    SPACE,
    /** A line end or a tab. */
    LINE,
    /** Joins two visible characters, or keeps them separate: Persian, Indic scripts, Mongolian, emoji. */
    JOINER,
    /** Selects the form of the preceding character. */
    SELECTOR,
    /**
     * Invisible, but may start or be inside a visible grapheme: a filler in a Hangul syllable, the grapheme joiner
     * before a mark.
     */
    SILENT,
    /** A tag character: spells the code of a flag. */
    TAG,
    /** Sets the direction of text; its effect can't reach beyond its own paragraph. */
    DIRECTION,
    /** Not allowed: a control, half a character, or a character without a meaning for other programs. */
    UNFIT;

    static final int MONGOLIAN_VOWEL_SEPARATOR = 0x180E;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** Letters and marks according to their category, but invisible. */
    private static final Set<Integer> SILENT_ONES = Set.of(0x034F, 0x115F, 0x1160);

    /** The same, with symbols: vowels that are not written, and fillers and blanks that are characters of their own. */
    private static final Set<Integer> BLANKS =
            Set.of(0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x13441, 0x13442, 0x16FE4, 0x1D159);

    /** Format characters that are visible signs around or above digits. */
    private static final Set<Integer> SEEN_FORMATS = Set.of(
            0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD);

    private static final Set<UnicodeScript> WITHOUT_FORMS =
            Set.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.CYRILLIC);

    /**
     * Marks that remove the vowel of a consonant; a joiner after one controls how it is drawn, also at the end of a
     * word.
     */
    private static final Set<Integer> VIRAMAS =
            Set.of(0x094D, 0x09CD, 0x0A4D, 0x0ACD, 0x0B4D, 0x0BCD, 0x0C4D, 0x0CCD, 0x0D4D, 0x0DCA);

    static Visibility of(int codePoint) {
        if (SILENT_ONES.contains(codePoint)) {
            return SILENT;
        }
        if (BLANKS.contains(codePoint)) {
            return UNFIT;
        }
        if (isSelector(codePoint)) {
            return SELECTOR;
        }
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR -> SPACE;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> LINE;
            case Character.CONTROL -> codePoint == '\n' || codePoint == '\t' ? LINE : UNFIT;
            case Character.FORMAT -> ofFormat(codePoint);
            // Unicode reserves code points for future pictographs, so these are already known to be pictographs.
            case Character.UNASSIGNED -> Character.isExtendedPictographic(codePoint) ? SEEN : UNFIT;
            case Character.SURROGATE, Character.PRIVATE_USE -> UNFIT;
            default -> SEEN;
        };
    }

    private static Visibility ofFormat(int codePoint) {
        return switch (codePoint) {
            case ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_JOINER, MONGOLIAN_VOWEL_SEPARATOR -> JOINER;
            // Directional marks and isolates, but no overrides or embeddings.
            case 0x061C, 0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069 -> DIRECTION;
            default -> {
                boolean tag = codePoint >= 0xE0020 && codePoint <= 0xE007F;
                yield tag ? TAG : SEEN_FORMATS.contains(codePoint) ? SEEN : UNFIT;
            }
        };
    }

    static boolean anySeen(String text, int start, int end) {
        return text.substring(start, end).codePoints().anyMatch(it -> of(it) == SEEN);
    }

    static boolean isVirama(int codePoint) {
        return VIRAMAS.contains(codePoint);
    }

    private static boolean isSelector(int codePoint) {
        return isMongolianSelector(codePoint)
                || codePoint == 0x1BC9D
                || codePoint >= 0xFE00 && codePoint <= 0xFE0F
                || isIdeographicSelector(codePoint);
    }

    private static boolean isMongolianSelector(int codePoint) {
        return codePoint >= 0x180B && codePoint <= 0x180F && codePoint != MONGOLIAN_VOWEL_SEPARATOR;
    }

    private static boolean isIdeographicSelector(int codePoint) {
        return codePoint >= 0xE0100 && codePoint <= 0xE01EF;
    }

    /**
     * Whether this selector can select another form of the preceding character; otherwise it would be hidden in the
     * text.
     */
    static boolean canSelect(int selector, int before) {
        if (selector == 0xFE0E || selector == 0xFE0F) {
            return Character.isEmoji(before) || Character.isExtendedPictographic(before);
        }
        if (isIdeographicSelector(selector)) {
            return Character.isIdeographic(before);
        }
        UnicodeScript script = UnicodeScript.of(before);
        if (isMongolianSelector(selector)) {
            return script == UnicodeScript.MONGOLIAN;
        }
        return selector == 0x1BC9D ? script == UnicodeScript.DUPLOYAN : !WITHOUT_FORMS.contains(script);
    }
}
