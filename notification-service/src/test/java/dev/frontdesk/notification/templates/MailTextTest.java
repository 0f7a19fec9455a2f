package dev.frontdesk.notification.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailTextTest {

    /** Unicode's C1 controls that are no character in Windows-1252. */
    private static final Set<Integer> NOTHING_IN_WINDOWS = Set.of(0x81, 0x8d, 0x8f, 0x90, 0x9d);

    @ParameterizedTest
    @CsvSource({
        "'a\r\nb', 'a\nb'",
        "'a\rb', 'a\nb'",
        "'a\n\rb', 'a\n\nb'",
        "'\r\r\n', '\n\n'",
        "'a\tb\n', 'a\tb\n'",
    })
    void everyLineEndsWithALineFeed(String given, String read) {
        assertThat(MailText.read(given)).isEqualTo(read);
    }

    @Test
    void repairsWhatWasReadInTheWrongCharacterSet() {
        assertThat(MailText.read("It\u0092s \u0093here\u0094\u0085 \u0080 5")).isEqualTo("It’s “here”… € 5");
    }

    @Test
    void takesRepairsOrRefusesEveryControlCharacter() {
        for (int i = 0; i < 0xa0; i = i == 0x1f ? 0x7f : i + 1) {
            String given = "a" + (char) i + "b";
            if (i >= 0x80 && !NOTHING_IN_WINDOWS.contains(i)
                    || Set.of(9, 10, 13).contains(i)) {
                assertThat(MailText.read(given)).as("%x", i).hasSize(3).matches("a[\\t\\n[^\\p{IsCc}]]b");
            } else {
                assertThatIllegalArgumentException().as("%x", i).isThrownBy(() -> MailText.read(given));
                assertThat(MailText.sendable(given)).as("%x", i).isEqualTo("ab");
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> MailText.read("a\ud83d"));
    }

    @Test
    void leavesEveryOtherCharacter() {
        for (int i = 0xa0; i <= Character.MAX_CODE_POINT; i++) {
            if (Character.getType(i) != Character.SURROGATE) {
                String text = Character.toString(i);
                if (!MailText.read(text).equals(text)) {
                    throw new AssertionError(Integer.toHexString(i));
                }
            }
        }
    }
}
