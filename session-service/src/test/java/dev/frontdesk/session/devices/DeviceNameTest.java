package dev.frontdesk.session.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 | Firefox on Linux",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
                        + " Edg/140.0 | Edge on Windows",
                "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
                        + " | Chrome on Android",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0"
                        + " Mobile/15E148 Safari/604.1 | Safari on iPhone",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0"
                        + " Safari/605.1.15 | Safari on macOS",
                "Firefox/140 | Firefox",
                "curl/8.5.0 | curl",
                "ShopApp 3/2.1 (Android) | ShopApp 3",
                "(nothing) | ''",
            })
    void isWhatTheUserAgentSays(String userAgent, String name) {
        assertThat(DeviceName.said(userAgent)).isEqualTo(new DeviceName(name));
    }

    @Test
    void isEmptyWithoutAUserAgent() {
        assertThat(DeviceName.said(null).value()).isEmpty();
        assertThat(DeviceName.said("x".repeat(256)).value()).hasSize(64);
    }

    @Test
    void isWhatTheOwnerChose() {
        assertThat(DeviceName.chosen("Ada's 📱 ").value()).isEqualTo("Ada's 📱");
        assertThat(DeviceName.chosen("📱".repeat(64)).value()).hasSize(128);
        assertThat(DeviceName.chosen("👩‍💻's").value()).isEqualTo("👩‍💻's");
        assertThat(DeviceName.chosen("👨‍👩‍👧‍👦".repeat(64)).value()).hasSize(704);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\nb",
                "a\u202Eb",
                "a\u200Bb",
                "a\u0000",
                "a\u2028b",
                "a\uD800",
                "\u3164",
                "\u00A0",
                "\uFE0F",
                "a\u200D"
            })
    void isNothingThatCannotBeSeen(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> DeviceName.chosen(name));
    }

    @Test
    void isNotLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceName.chosen("x".repeat(65)))
                .withMessage("must have 1 to 64 characters");
    }
}
