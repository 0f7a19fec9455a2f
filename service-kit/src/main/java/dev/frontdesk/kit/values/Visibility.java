package dev.frontdesk.kit.values;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/** What a code point shows by itself, as far as Unicode's categories tell it, and the lists below where they do not. */
enum Visibility {
    /** A letter, mark, digit, punctuation or symbol. */
    SEEN,
    /** Between words. */
    SPACE,
    /** Ends a line, or moves on in it. */
    LINE,
    /** Joins two that can be seen, or keeps them apart: Persian, Indic scripts, Mongolian, emoji. */
    JOINER,
    /** Chooses the form of the one before. */
    SELECTOR,
    /** Shows nothing, and may begin or be within what does: a filler in a Hangul syllable, the grapheme joiner before a mark. */
    SILENT,
    /** Spells the name of a flag. */
    TAG,
    /** Says in which direction text runs, and can't reach beyond its own paragraph. */
    DIRECTION,
    /** Steers, is half a character, or means nothing to anybody else. */
    UNFIT;

    static final int MONGOLIAN_VOWEL_SEPARATOR = 0x180E;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** Letters and marks by their category. */
    private static final Set<Integer> SILENT_ONES = Set.of(0x034F, 0x115F, 0x1160);

    /** The same, and symbols: vowels that are not written, fillers and blanks that are a character of their own. */
    private static final Set<Integer> BLANKS =
            Set.of(0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x13441, 0x13442, 0x16FE4, 0x1D159);

    /** Format characters that are signs around or above digits. */
    private static final Set<Integer> SEEN_FORMATS = Set.of(
            0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD);

    private static final Set<UnicodeScript> WITHOUT_FORMS =
            Set.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.CYRILLIC);

    /** Marks that take the vowel from a consonant; a joiner after one says how that is drawn, also at a word's end. */
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
            // A pictograph of tomorrow's Unicode is known to be one today.
            case Character.UNASSIGNED -> Character.isExtendedPictographic(codePoint) ? SEEN : UNFIT;
            case Character.SURROGATE, Character.PRIVATE_USE -> UNFIT;
            default -> SEEN;
        };
    }

    private static Visibility ofFormat(int codePoint) {
        return switch (codePoint) {
            case ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_JOINER, MONGOLIAN_VOWEL_SEPARATOR -> JOINER;
            // The marks of a direction and the isolates. What overrides or embeds is not among them.
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

    /** Whether the one before can have another form that is chosen like this: without one the selector hides. */
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
