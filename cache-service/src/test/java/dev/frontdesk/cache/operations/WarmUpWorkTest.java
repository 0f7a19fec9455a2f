package dev.frontdesk.cache.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmUpWorkTest {

    @ParameterizedTest
    @CsvSource({"10, 50, 0, 200", "10, 50, 150, 50", "10, 50, 200, 0", "10, 50, 900, 0", "0, 50, 0, 0", "1, 1, 0, 1000"})
    void pausesUntilAsMuchTimeHasPassedAsTheLoadsMayTake(int loads, int perSecond, int took, int pause) {
        assertThat(WarmUpWork.pause(loads, perSecond, Duration.ofMillis(took))).isEqualTo(Duration.ofMillis(pause));
    }
}
