package dev.frontdesk.registration.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada",
                "X",
                "Jean-Luc O'Neill",
                "Şükrü",
                "王",
                "עדה",
                "<script>",
                "👩‍🚀",
                "علی\u200Cرضا",
                "❤️",
                "葛\uDB40\uDD00城"
            })
    void takesNamesAsTheyAre(String name) {
        assertThat(new PersonName(" " + name + " ").value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "\u3000",
                "A\nB",
                "Ada\r\nBcc: eve@example.com",
                "A\u0000",
                "\u0085x",
                "A\u2028B",
                "A\u202EB",
                "\u2067A",
                "\uDC00",
                "\u00A0",
                "A\u200BB",
                "A\u200E",
                "\uFEFFA",
                "A\u00ADB",
                "A\u2060B",
                "A\u061CB",
                "\u3164",
                "\u2800",
                "A\uFE0E",
                "A\uE000",
                "\u200DA",
                "A\u200C",
                "A \u200DB",
                "A\u200D\u200DB",
                "A\uDB40\uDC41",
                "A\uFE0F",
                "\uFE0F",
                "A \uFE0F",
                "\uFFA0\u00A0"
            })
    void refusesNamesThatBreakALineOrHideSomething(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PersonName(name));
    }

    @Test
    void countsWhatAReaderCounts() {
        assertThat(new PersonName("😀".repeat(100)).value()).hasSize(200);
        assertThat(new PersonName("👩‍👩‍👧‍👦".repeat(100)).value()).hasSize(1100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PersonName("a".repeat(101)))
                .withMessage("must have 1 to 100 characters");
    }

    /** Spaces are removed, but only up to a limit: the work grows with the square of their number. */
    @Test
    void readsNoFurtherThanANameCanBe() {
        assertThat(new PersonName(" ".repeat(500) + "Ada").value()).isEqualTo("Ada");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PersonName(" ".repeat(1600) + "Ada"))
                .withMessage("must have 1 to 100 characters");
        assertThatIllegalArgumentException().isThrownBy(() -> new PersonName("A" + "\u0301".repeat(1000)));
    }

    /** An account can be read, whatever names were valid when it was created. */
    @Test
    void takesAStoredNameAsFarAsItIsOneToday() {
        assertThat(PersonName.stored("Ada").value()).isEqualTo("Ada");
        assertThat(PersonName.stored("Ada\uFE0F").value()).isEqualTo("Ada");
        assertThat(PersonName.stored("\uFE0F").value()).isEqualTo("?");
    }

    /** All formerly accepted numbers, whatever the region is now. */
    @ParameterizedTest
    @ValueSource(strings = {"+905551234567", "+1234567", "+999123456789", "+123456789012345", "+29022222"})
    void takesAStoredNumberAsItIs(String stored) {
        assertThat(new PhoneNumber(stored).value()).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5551234567", "+", "+90 5551234567", "+0905551234", "+1234567890123456", "+٩٠٥٥٥١٢٣٤٥٦٧"})
    void isNothingButE164(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PhoneNumber(value));
    }

    @ParameterizedTest
    @CsvSource({
        "en, en",
        "tr, tr",
        "TR, tr",
        "tr-tr, tr-TR",
        "en_GB, en-GB",
        "en-US-u-hc-h12, en-US",
        "de, en",
        "zh-Hant-TW, en",
        "und, en"
    })
    void speaksEnglishAndTurkish(String typed, String tag) {
        assertThat(new Language(typed).tag()).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "english please", "../../etc/passwd", "e", "en-", "en;q=0.9", "ünglisch", "en\u0000"})
    void refusesWhatIsNoLanguageTag(String typed) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Language(typed));
    }
}
