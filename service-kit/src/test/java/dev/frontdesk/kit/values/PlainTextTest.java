package dev.frontdesk.kit.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @Test
    void keepsTextAsItIs() {
        assertThat(PlainText.line(9).read(" e\u0301 \u202e 😀")).isEqualTo(" e\u0301 \u202e 😀");
        assertThat(PlainText.lines(4).read("a\n\tb")).isEqualTo("a\n\tb");
        assertThat(PlainText.lines(4).read("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abcd", "a\nb", "a\tb", "\u0000", "\u0085", "\ud800"})
    void refusesALineThatIsNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlainText.line(3).read(text))
                .withMessage("must be 1 to 3 characters without control characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcd", "a\rb", "\u001b", "\udc00"})
    void refusesLinesThatAreNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlainText.lines(3).read(text))
                .withMessage("must have at most 3 characters, and no control characters but tabs and ends of lines");
    }
}
