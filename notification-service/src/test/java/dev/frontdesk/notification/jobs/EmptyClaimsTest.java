package dev.frontdesk.notification.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmptyClaimsTest {

    private final EmptyClaims claims = new EmptyClaims();
    private long now;

    @Test
    void pausesLongerAfterEachEmptyClaimInARow() {
        assertThat(empty()).isZero();
        assertThat(empty()).isEqualTo(Duration.ofMillis(1));
        assertThat(empty()).isEqualTo(Duration.ofMillis(2));
        for (int i = 0; i < 10; i++) {
            empty();
        }
        assertThat(empty()).isEqualTo(Duration.ofMillis(32));
    }

    @Test
    void doesNotPauseOnceJobsAreFound() {
        empty();
        empty();

        assertThat(claims.after(true, now)).isZero();
        assertThat(empty()).isZero();
    }

    @Test
    void doesNotPauseAfterTheSweepsOfAnIdleQueue() {
        for (int i = 0; i < 5; i++) {
            assertThat(empty()).isZero();
            now += Duration.ofSeconds(1).toNanos();
        }
    }

    private Duration empty() {
        return claims.after(false, now);
    }
}
