package dev.frontdesk.kit.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTextTest {

    private static final TypedText NAME = TypedText.line(5);
    private static final String FAMILY = "👨‍👩‍👧‍👦";

    /** Each of them is one character. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "ü",
                "u\u0308",
                "王",
                "😀",
                FAMILY,
                "👩🏻‍❤️‍💋‍👨🏿",
                "🏳️‍🌈",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                "🇹🇷",
                "1️⃣",
                "❤️",
                "☎\uFE0E",
                // Hangul as single letters, alone and with a filler instead of a consonant.
                "\u1112\u1161\u11AB",
                "\u115F\u1161",
                // A variant of a character in a Japanese name.
                "葛\uDB40\uDD00",
                // A sign around digits.
                "\u06001",
                "ﷺ",
                // Reserved for a pictograph.
                "\uD83E\uDEEE"
            })
    void countsWhatAReaderCounts(String character) {
        assertThat(Graphemes.length(character)).isEqualTo(1);
        assertThat(NAME.read(character.repeat(5))).isNotEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NAME.read(character.repeat(6)))
                .withMessage("must have 1 to 5 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "علی\u200Cرضا",
                "श\u094D\u200Dरी",
                // The ends of a Malayalam and of a Bengali word.
                "രമേശന\u0D4D\u200D",
                "হঠাত\u09CD\u200D",
                "ᠮᠣᠩᠭ\u180Eᠠ",
                "Jean-Luc O'Neill",
                "<script>",
                "a\u00A0b"
            })
    void takesWordsAsTheyAreSpelt(String words) {
        assertThat(TypedText.line(30).read(words)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00A0",
                "\u3000",
                "\u2003 \u00A0",
                "\u3164",
                "\uFFA0",
                "\u115F",
                "\u2800",
                "\uFE0F",
                "\uDB40\uDD00",
                "\u200D",
                "\u200B",
                "\uFEFF",
                "\u180E",
                "\uDB40\uDC41",
                "a\u200D",
                "a \u200Db",
                "a\u200D\u200Db",
                "a\uFE0F",
                "a \uFE0F",
                "a\u3164",
                "❤\uFE0F\uFE0F",
                "🏴\uDB40\uDC41",
                "a\uDB40\uDC41\uDB40\uDC7F",
                "\u115F\u115F\u1161",
                "a\nb",
                "a\tb",
                "\u0085x",
                "a\u2028b",
                "a\u202Eb",
                "\u2067a",
                "a\u200E",
                "a\u00ADb",
                "a\u2060b",
                "\uD800",
                "\uE000"
            })
    void refusesWhatCannotBeSeen(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> NAME.read(text));
    }

    @Test
    void refusesManyBytesInFewCharacters() {
        assertThat(NAME.read("a" + "\u0323".repeat(31))).hasSizeLessThan(33);
        assertThatIllegalArgumentException().isThrownBy(() -> NAME.read("a" + "\u0323".repeat(32)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NAME.read("a" + "\u0323".repeat(10_000)))
                .withMessage("must have 1 to 5 characters");
        assertThatIllegalArgumentException().isThrownBy(() -> NAME.read(("a" + "\u0323".repeat(31)).repeat(3)));
    }

    @Test
    void dropsTheSpaceAroundALineAndComposesIt() {
        assertThat(NAME.read(" \u00A0u\u0308 x\u3000")).isEqualTo("ü x");
    }

    @Test
    void takesLinesWithEveryEndThatIsWritten() {
        assertThat(TypedText.lines(20).read("a\r\nb\rc\u2028d\te\n")).isEqualTo("a\nb\nc\nd\te\n");
        assertThat(TypedText.lines(20).read("")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypedText.lines(20).read("a\u0000"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypedText.lines(2).read("abc"))
                .withMessage("must have at most 2 characters");
    }

    @Test
    void saysADirectionOnlyWhereAnApplicationDoes() {
        String isolated = "\u2068عدا\u2069 wrote";
        assertThat(TypedText.line(20).directed().read(isolated)).isEqualTo(isolated);
        assertThatIllegalArgumentException().isThrownBy(() -> TypedText.line(20).read(isolated));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypedText.line(20).directed().read("a\u202Eb"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypedText.line(20).directed().read("\u2068\u2069"));
    }

    @Test
    void showsWhatItCanOfATextFromElsewhere() {
        assertThat(TypedText.shown("line 1\r\n\tat x\u0000\u001b[31m\u202E\uD800 \u3164 end ", 50))
                .isEqualTo("line 1 at x[31m end");
        assertThat(TypedText.shown("\u200B\u00A0\u3164", 50)).isEmpty();
        assertThat(TypedText.shown("a\u0323".repeat(100_000), 50)).hasSize(50);
        assertThat(TypedText.shown("a" + "\u0323".repeat(100_000), 50).length()).isLessThanOrEqualTo(32);
        assertThat(TypedText.shown(FAMILY.repeat(3), 30)).isEqualTo(FAMILY.repeat(2));
    }

    @Test
    void isCutBetweenTwoCharacters() {
        for (String character : List.of("e\u0301", "😀", FAMILY, "🇹🇷", "\r\n", "葛\uDB40\uDD00")) {
            for (int most = 0; most < 70; most++) {
                String cut = Graphemes.cut("x" + character.repeat(5), most);
                int whole = most == 0 ? 0 : Math.min(5, (most - 1) / character.length());
                assertThat(cut).isEqualTo((most == 0 ? "" : "x") + character.repeat(whole));
            }
        }
    }

    @Test
    void isCutBetweenTwoCodePointsWhereOneCharacterIsTooLarge() {
        String cut = Graphemes.cut(FAMILY, 9);

        assertThat(cut).isEqualTo("👨‍👩‍👧‍");
        assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(cut);
        assertThat(Graphemes.cut("😀", 1)).isEmpty();
    }
}
