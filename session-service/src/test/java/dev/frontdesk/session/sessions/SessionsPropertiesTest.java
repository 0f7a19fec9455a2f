package dev.frontdesk.session.sessions;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionsPropertiesTest {

    private static final Instant LOGIN = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void aSessionEndsAtTheEarlierOfItsTwoEnds() {
        var limits = limits(ofDays(7), ofDays(30), ofMinutes(1));
        var absoluteEnd = limits.absoluteEnd(LOGIN);

        assertThat(absoluteEnd).isEqualTo(LOGIN.plus(ofDays(30)));
        assertThat(limits.end(LOGIN, absoluteEnd)).isEqualTo(LOGIN.plus(ofDays(7)));
        assertThat(limits.end(LOGIN.plus(ofDays(29)), absoluteEnd)).isEqualTo(absoluteEnd);
    }

    @Test
    void refusesLimitsThatContradictEachOther() {
        assertRefused(() -> limits(ofDays(31), ofDays(30), ofMinutes(1)));
        assertRefused(() -> limits(ofMinutes(1), ofDays(30), ofMinutes(1)));
        assertRefused(() -> limits(ZERO, ofDays(30), ZERO));
        assertRefused(() -> limits(ofDays(7), ofDays(30), ofSeconds(-1)));
    }

    @Test
    void refusesAGraceOrACapThatIsNone() {
        assertRefused(() -> new SessionsProperties(ofDays(7), ofDays(30), ofMinutes(1), ZERO, 100));
        assertRefused(() -> new SessionsProperties(ofDays(7), ofDays(30), ofMinutes(1), ofSeconds(61), 100));
        assertRefused(() -> new SessionsProperties(ofDays(7), ofDays(30), ofMinutes(1), ofSeconds(10), 0));
        assertRefused(() -> new SessionsProperties(ofDays(7), ofDays(30), ofMinutes(1), ofSeconds(10), 2_001));
    }

    private static SessionsProperties limits(Duration idle, Duration absolute, Duration interval) {
        return new SessionsProperties(idle, absolute, interval, ofSeconds(10), 100);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable making) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessageContaining("frontdesk.session.sessions");
    }
}
