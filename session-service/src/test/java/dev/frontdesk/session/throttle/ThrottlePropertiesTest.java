package dev.frontdesk.session.throttle;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.session.throttle.ThrottleProperties.Devices;
import dev.frontdesk.session.throttle.ThrottleProperties.Flood;
import dev.frontdesk.session.throttle.ThrottleProperties.Waits;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ThrottlePropertiesTest {

    @Test
    void refusesLimitsThatDoNotLimit() {
        assertRefused(() -> new Waits(0, ofSeconds(1), ofMinutes(15), ofDays(1), null));
        assertRefused(() -> new Waits(5, ZERO, ofMinutes(15), ofDays(1), null));
        assertRefused(() -> new Waits(5, ofSeconds(2), ofSeconds(1), ofDays(1), null));
        assertRefused(() -> new Waits(5, ofSeconds(1), ofMinutes(15), ofMinutes(14), null));
        assertRefused(() -> new Waits(5, ofSeconds(1), ofMinutes(15), ofDays(1), ZERO));
        assertRefused(() -> new Flood(0, ofMinutes(1)));
        assertRefused(() -> new Flood(1, ZERO));
        assertRefused(() -> new Devices(ZERO, 1));
        assertRefused(() -> new Devices(ofDays(1), 0));
    }

    @Test
    void whatCostsNothingIsForgottenNoLaterThanTheRest() {
        assertThat(new Waits(5, ofSeconds(1), ofMinutes(15), ofDays(1), null).freeForgottenAfter())
                .isEqualTo(ofDays(1));
        // Otherwise an operator who shortens one must know of the other.
        assertThat(new Waits(5, ofSeconds(1), ofMinutes(15), ofDays(1), ofDays(2)).freeForgottenAfter())
                .isEqualTo(ofDays(1));
    }

    private static void assertRefused(ThrowingCallable making) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessageContaining("frontdesk.session.throttle");
    }
}
