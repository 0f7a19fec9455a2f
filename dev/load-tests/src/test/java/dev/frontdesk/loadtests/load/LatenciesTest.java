package dev.frontdesk.loadtests.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 65, 127, 128, 1_000_003, 9_876_543_210L, Long.MAX_VALUE})
    void knowsEachDurationToAFewPercent(long nanos) {
        latencies.add(nanos);

        assertThat(latencies.micros(1)).isCloseTo(nanos / 1e3, within(nanos / 1e3 * 0.008));
    }

    @Test
    void reportsHowLongAShareOfTheRequestsTookAtMost() {
        for (int i = 1; i <= 1000; i++) {
            latencies.add(i * 1_000_000L);
        }

        assertThat(latencies.count()).isEqualTo(1000);
        assertThat(latencies.micros(0.5)).isCloseTo(500_000, within(5_000.0));
        assertThat(latencies.micros(0.99)).isCloseTo(990_000, within(10_000.0));
        assertThat(new Latencies().micros(0.5)).isNaN();
    }

    @Test
    void countsADurationThatIsNegativeAsNone() {
        latencies.add(-5);

        assertThat(latencies.micros(0.5)).isZero();
    }
}
