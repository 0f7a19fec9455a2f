package dev.frontdesk.testsupport.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MutableClockTest {

    private final MutableClock clock = MutableClock.at("2026-11-21T09:00:00Z");

    @Test
    void standsStillUntilItIsMoved() {
        assertThat(clock.instant()).isEqualTo("2026-11-21T09:00:00Z");

        assertThat(clock.advance(Duration.ofMinutes(10))).isEqualTo("2026-11-21T09:10:00Z");
        assertThat(clock.instant()).isEqualTo("2026-11-21T09:10:00Z");

        clock.moveTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(clock.instant()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void movesInAllZonesAtOnce() {
        var elsewhere = clock.withZone(ZoneId.of("Europe/Istanbul"));

        clock.advance(Duration.ofDays(1));

        assertThat(elsewhere.instant()).isEqualTo(clock.instant());
        assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Europe/Istanbul"));
    }
}
