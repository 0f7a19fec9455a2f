package dev.frontdesk.session.sessions;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionsPropertiesTest {

    private static final Instant LOGIN = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void aSessionEndsAtTheEarlierOfItsTwoEnds() {
        var limits = new SessionsProperties(ofDays(7), ofDays(30), ofMinutes(1));
        var absoluteEnd = limits.absoluteEnd(LOGIN);

        assertThat(absoluteEnd).isEqualTo(LOGIN.plus(ofDays(30)));
        assertThat(limits.end(LOGIN, absoluteEnd)).isEqualTo(LOGIN.plus(ofDays(7)));
        assertThat(limits.end(LOGIN.plus(ofDays(29)), absoluteEnd)).isEqualTo(absoluteEnd);
    }

    @Test
    void refusesLimitsThatContradictEachOther() {
        assertRefused(() -> new SessionsProperties(ofDays(31), ofDays(30), ofMinutes(1)));
        assertRefused(() -> new SessionsProperties(ofMinutes(1), ofDays(30), ofMinutes(1)));
        assertRefused(() -> new SessionsProperties(ZERO, ofDays(30), ZERO));
        assertRefused(() -> new SessionsProperties(ofDays(7), ofDays(30), ofSeconds(-1)));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable making) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessageContaining("frontdesk.session.sessions");
    }
}
