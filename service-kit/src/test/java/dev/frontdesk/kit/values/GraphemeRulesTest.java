package dev.frontdesk.kit.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every existing code point. */
class GraphemeRulesTest {

    private static final GraphemeRules ONE_LINE = new GraphemeRules(false, false);

    /** Unicode's general categories, by their role in a line. */
    enum Category {
        LETTERS(
                true,
                Character.UPPERCASE_LETTER,
                Character.LOWERCASE_LETTER,
                Character.TITLECASE_LETTER,
                Character.MODIFIER_LETTER,
                Character.OTHER_LETTER),
        MARKS(true, Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK),
        NUMBERS(true, Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER),
        PUNCTUATION(
                true,
                Character.CONNECTOR_PUNCTUATION,
                Character.DASH_PUNCTUATION,
                Character.START_PUNCTUATION,
                Character.END_PUNCTUATION,
                Character.INITIAL_QUOTE_PUNCTUATION,
                Character.FINAL_QUOTE_PUNCTUATION,
                Character.OTHER_PUNCTUATION),
        SYMBOLS(
                true,
                Character.MATH_SYMBOL,
                Character.CURRENCY_SYMBOL,
                Character.MODIFIER_SYMBOL,
                Character.OTHER_SYMBOL),
        SPACES(true, Character.SPACE_SEPARATOR),
        LINE_SEPARATORS(false, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR),
        CONTROLS(false, Character.CONTROL),
        SURROGATES(false, Character.SURROGATE),
        PRIVATE_USE(false, Character.PRIVATE_USE),
        UNASSIGNED(false, Character.UNASSIGNED);

        private final boolean fits;
        private final int types;

        Category(boolean fits, byte... types) {
            this.fits = fits;
            int all = 0;
            for (byte type : types) {
                all |= 1 << type;
            }
            this.types = all;
        }

        IntStream codePoints() {
            return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                    .filter(it -> (types & 1 << Character.getType(it)) != 0);
        }
    }

    /** Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties: characters that renderers omit. */
    private static final int[][] IGNORABLE = {
        {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},
        {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}
    };

    /** Letters, marks and symbols whose glyph is empty. */
    private static final List<Integer> BLANK = List.of(0x2800, 0x13441, 0x13442, 0x16FE4, 0x1BC9D, 0x1D159);

    @ParameterizedTest
    @EnumSource
    void fitsByItsCategoryUnlessItShowsNothing(Category category) {
        assertThat(category.codePoints()
                        .filter(it -> !isIgnorable(it) && !BLANK.contains(it))
                        // Reserved for pictographs, and shown as one by systems that know it.
                        .filter(it -> category != Category.UNASSIGNED || !Character.isExtendedPictographic(it))
                        .filter(it -> fitsAlone(it, ONE_LINE) != category.fits || fitsWithin(it) != category.fits)
                        .mapToObj(Integer::toHexString))
                .isEmpty();
    }

    @Test
    void isNothingThatRenderersLeaveOut() {
        assertThat(all(it -> isIgnorable(it) || BLANK.contains(it))
                        .filter(it ->
                                fits("", it, "") || fits(" ", it, " ") || fits("a", it, "") || fits("a ", it, "b"))
                        .mapToObj(Integer::toHexString))
                .isEmpty();
    }

    @Test
    void joinsTwoThatCanBeSeenAndNothingElseDoes() {
        assertThat(all(it -> isIgnorable(it) || BLANK.contains(it))
                        .filter(it -> fits("a", it, "b") && Visibility.of(it) != Visibility.SILENT))
                .containsExactly(0x200C, 0x200D);
    }

    /** A format character at digits is a sign; all other format characters are invisible. */
    @Test
    void isNoFormatThatShowsNothing() {
        assertThat(all(it -> Character.getType(it) == Character.FORMAT && fitsAlone(it, ONE_LINE)))
                .containsExactly(
                        0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD);
    }

    @Test
    void isALineOrADirectionOnlyWhereTheyMayBe() {
        assertThat(all(it -> fitsAlone(it, new GraphemeRules(true, false)) && !fitsAlone(it, ONE_LINE)))
                .containsExactly(0x9, 0xA, 0x2028, 0x2029);
        assertThat(all(it -> fitsAlone(it, new GraphemeRules(false, true)) && !fitsAlone(it, ONE_LINE)))
                .containsExactly(0x61C, 0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069);
    }

    private static boolean fitsAlone(int codePoint, GraphemeRules graphemeRules) {
        String text = text(codePoint);
        return graphemeRules.fits(text, 0, text.length());
    }

    /** Grapheme boundaries are irrelevant for these and slow to compute. */
    private static boolean fitsWithin(int codePoint) {
        String text = "a" + text(codePoint) + "b";
        return ONE_LINE.fits(text, 0, text.length());
    }

    private static boolean fits(String before, int codePoint, String after) {
        String text = before + text(codePoint) + after;
        var boundaries = Graphemes.boundaries(text);
        int start = 0;
        for (int end = boundaries.next(); end >= 0; end = boundaries.next()) {
            if (!ONE_LINE.fits(text, start, end)) {
                return false;
            }
            start = end;
        }
        return true;
    }

    private static IntStream all(IntPredicate those) {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(those);
    }

    private static String text(int codePoint) {
        return Character.toString(codePoint);
    }

    private static boolean isIgnorable(int codePoint) {
        for (int[] range : IGNORABLE) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
