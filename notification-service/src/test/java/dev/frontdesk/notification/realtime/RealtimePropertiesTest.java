package dev.frontdesk.notification.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class RealtimePropertiesTest {

    private static final int SOCKETS = 1000;

    @Test
    void letsSocketsOfOneMomentEndAtManyAndNoneLate() {
        var lives = Stream.generate(properties(Duration.ofHours(1))::lifeOfOne)
                .limit(SOCKETS)
                .toList();

        assertThat(lives).allSatisfy(life -> assertThat(life).isBetween(Duration.ofMinutes(54), Duration.ofHours(1)));
        assertThat(lives).anySatisfy(life -> assertThat(life).isLessThan(Duration.ofMinutes(56)));
        assertThat(lives).anySatisfy(life -> assertThat(life).isGreaterThan(Duration.ofMinutes(58)));
    }

    @Test
    void knowsNoSocketWithoutALife() {
        assertThatThrownBy(() -> properties(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static RealtimeProperties properties(Duration socketLife) {
        return new RealtimeProperties(
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofSeconds(25),
                256,
                DataSize.ofKilobytes(512),
                50,
                Duration.ofSeconds(5),
                socketLife);
    }
}
