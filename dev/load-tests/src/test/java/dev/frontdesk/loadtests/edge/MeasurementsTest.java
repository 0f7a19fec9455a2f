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

    @Test
    void comparesEachRoundWithTheBaselineOfThatRound() {
        var disturbed = List.of(10.0, 40.0, 12.0);
        var baseline = List.of(20.0, 50.0, 30.0);

        assertThat(Measurements.ratio(disturbed, baseline)).isEqualTo(0.5);
        assertThat(Measurements.ratio(disturbed, List.of())).isNaN();
    }
}
