package dev.frontdesk.notification.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

    @ParameterizedTest
    @CsvSource({
        "en, ENGLISH",
        "en-GB, ENGLISH",
        "tr, TURKISH",
        "tr-TR, TURKISH",
        "TR, TURKISH",
        "de, ENGLISH",
        "trk, ENGLISH",
        "'', ENGLISH",
        "../../etc/passwd, ENGLISH"
    })
    void findsALanguageThatThereIs(String tag, Language expected) {
        assertThat(Language.of(tag)).isEqualTo(expected);
    }
}
