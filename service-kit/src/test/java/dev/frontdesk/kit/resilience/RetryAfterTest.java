package dev.frontdesk.kit.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "' 7 ', 7",
        "0000000000007, 7",
        "3600, 3600",
        "3601, 3600",
        "1000000, 3600",
        "2147483648, 3600",
        "9999999999999999999999, 3600",
        "'Sun, 29 Nov 2026 10:02:00 GMT', 120",
        "'Sunday, 29-Nov-26 10:02:00 GMT', 120",
        "'Sun Nov 29 10:02:00 2026', 120",
        "'Tue, 01 Dec 2026 10:00:00 GMT', 3600",
        "'Tue, 1 Dec 2026 10:00:00 GMT', 3600",
        "'Tue Dec  1 10:00:00 2026', 3600",
        "'Sun, 29 Nov 2026 09:00:00 GMT', 0",
        "'Sunday, 06-Nov-94 08:49:37 GMT', 0",
        "'Thu, 01 Jan 1970 00:00:00 GMT', 0",
        "'Fri, 31 Dec 9999 23:59:59 GMT', 3600"
    })
    void readsSecondsAndEveryFormOfADate(String header, long seconds) {
        assertThat(RetryAfter.read(header, NOW, HOUR)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "-1", "1.5", "soon", "2026-11-29T10:02:00Z", "Mon, 29 Nov 2026 10:02:00 GMT", "٧"})
    void doesNotGuess(@Nullable String header) {
        assertThat(RetryAfter.read(header, NOW, HOUR)).isEmpty();
    }
}
