package dev.frontdesk.notification.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final RandomGenerator NO_JITTER = () -> 0;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(15));

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 4", "3, 8", "9, 512", "10, 900", "50, 900", "1000000, 900"})
    void doublesUpToTheLongest(int attempt, long seconds) {
        assertThat(backoff.after(attempt, NO_JITTER)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void isShortenedByUpToAHalfAtRandom() {
        var random = new Random(1);

        var pauses = Stream.generate(() -> backoff.after(3, random).toMillis())
                .limit(1000)
                .toList();

        assertThat(pauses).allMatch(pause -> pause >= 4000 && pause <= 8000);
        assertThat(pauses.stream().distinct()).hasSizeGreaterThan(500);
    }
}
