package dev.frontdesk.notification.queues.leases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerTextTest {

    @Test
    void keepsEveryCodePointInAFormThatCanBeStoredAndShownInOneLine() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(it -> !isShownInOneLine(WorkerText.shown("a" + Character.toString(it) + "b", 100))))
                .isEmpty();
    }

    @Test
    void writesControlCharactersDown() {
        assertThat(WorkerText.shown(" one\r\ntwo\tthree\u0000\u001b[0m\u0085\u2028\u202e ", 100))
                .isEqualTo("one\\r\\ntwo\\tthree\\u0000\\u001b[0m\\u0085\\u2028\\u202e");
        assertThat(WorkerText.shown("a\ud800b\udc00", 100)).isEqualTo("a\uFFFDb\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "👩‍👩‍👧‍👦", "🇹🇷", "👍🏽", "e\u0301\u0323", "한", "𝒜", "क्षि"})
    void cutsBehindACharacterAsReadersCountThem(String character) {
        assertThat(WorkerText.shown(character.repeat(10), 10)).isEqualTo(character.repeat(10));
        assertThat(WorkerText.shown(character.repeat(11), 10)).isEqualTo(character.repeat(10) + "… (cut)");
    }

    @Test
    void cutsOneEndlessCharacter() {
        assertThat(WorkerText.shown("a" + "\u0301".repeat(100_000), 10)).hasSize(10 + "… (cut)".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t", "\u2003"})
    void isEmptyWhereThereIsNothingToShow(String nothing) {
        assertThat(WorkerText.shown(nothing, 10)).isEmpty();
    }

    private static boolean isShownInOneLine(String shown) {
        return shown.startsWith("a")
                && shown.endsWith("b")
                && shown.length() > 2
                && shown.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.SURROGATE
                                || Character.getType(c) == Character.LINE_SEPARATOR
                                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
    }
}
