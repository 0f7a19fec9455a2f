package dev.frontdesk.kit.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagTest {

    @ParameterizedTest
    @CsvSource({
        "en, en",
        "TR, tr",
        "tr-tr, tr-TR",
        "' en_GB ', en-GB",
        "zh-hant-tw, zh-Hant-TW",
        "en-us-u-hc-h12, en-US-u-hc-h12",
        "und, und"
    })
    void hasOneSpelling(String given, String canonical) {
        assertThat(LanguageTag.read(given)).isEqualTo(canonical);
        assertThat(LanguageTag.read(canonical)).isEqualTo(canonical);
        assertThat(new LanguageTag(given).locale().toLanguageTag()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "e",
                "en-",
                "en-a",
                "en;q=0.9",
                "english please",
                "ünglisch",
                "en\u0000",
                "en\r\nBcc: x",
                "en-a-bbb-cccccc-ddddddd-eeeeee-ffffff-g"
            })
    void isNothingElse(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LanguageTag.read(given))
                .withMessage("must be a language tag, for example en or tr-TR");
    }
}
