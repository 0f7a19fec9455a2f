package dev.frontdesk.loadtests.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    @Test
    void takesTheMedianOfTheRoundsAndHowMuchTheyDiffer() {
        var rounds = List.of(11.0, 10.0, 14.0);

        assertThat(Measurements.median(rounds)).isEqualTo(11);
        assertThat(Measurements.spread(rounds)).isEqualTo(4.0 / 11);
        assertThat(Measurements.spread(List.of(5.0))).isZero();
        assertThat(Measurements.median(List.of())).isNaN();
    }
}
