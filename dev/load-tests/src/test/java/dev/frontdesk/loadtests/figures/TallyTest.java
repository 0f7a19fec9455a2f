package dev.frontdesk.loadtests.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void tellsHowLongAShareOfTheAnswersTookAtMost() {
        IntStream.rangeClosed(1, 100).forEach(i -> tally.answered(Duration.ofMillis(i)));

        assertThat(tally.millis(0.5)).isEqualTo(50);
        assertThat(tally.millis(0.99)).isEqualTo(99);
        assertThat(tally.millis(1)).isEqualTo(100);
        assertThat(new Tally().millis(0.5)).isNaN();
    }

    @Test
    void groupsEqualFailuresAndCountsAllRequests() {
        tally.answered(Duration.ofMillis(1));
        tally.failed("log in: status 503 unavailable");
        tally.failed("log in: status 503 unavailable");
        tally.failed("cache: reset");

        assertThat(tally.asked()).isEqualTo(4);
        assertThat(tally.failed()).isEqualTo(3);
        assertThat(tally.failures()).isEqualTo(Map.of("log in: status 503 unavailable", 2, "cache: reset", 1));
    }
}
