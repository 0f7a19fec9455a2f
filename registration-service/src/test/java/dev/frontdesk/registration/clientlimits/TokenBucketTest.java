package dev.frontdesk.registration.clientlimits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final TokenBucket bucket = new TokenBucket(30, 10);

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private long fullAt;

    @Test
    void givesTenAtOnceAndThenOneEveryTwoMinutes() {
        assertThat(takeMany(10)).isEqualTo(10);
        assertThat(take()).isEqualTo(Duration.ofMinutes(2));

        now = now.plus(Duration.ofSeconds(119));
        assertThat(take()).isEqualTo(Duration.ofSeconds(1));
        now = now.plus(Duration.ofSeconds(1));
        assertThat(takeMany(10)).isEqualTo(1);
    }

    @Test
    void givesThirtyAnHourAfterItsBurst() {
        takeMany(10);
        int taken = 0;
        for (int minute = 0; minute < 60; minute++) {
            now = now.plus(Duration.ofMinutes(1));
            taken += takeMany(5);
        }
        assertThat(taken).isEqualTo(30);
    }

    @Test
    void costsNothingToAskAnEmptyOne() {
        takeMany(10);
        takeMany(1000);
        now = now.plus(Duration.ofMinutes(2));
        assertThat(take()).isZero();
    }

    @Test
    void holdsNoMoreThanItsBurstHoweverLongItIsNotUsed() {
        takeMany(10);
        now = now.plus(bucket.fillTime());
        assertThat(takeMany(100)).isEqualTo(10);
        now = now.plus(Duration.ofDays(9));
        assertThat(takeMany(100)).isEqualTo(10);
    }

    @Test
    void addsNoTokensWhenTheClockGoesBack() {
        takeMany(10);
        now = now.minus(Duration.ofMinutes(1));
        assertThat(take()).isEqualTo(Duration.ofMinutes(3));
    }

    private int takeMany(int requests) {
        return (int) IntStream.range(0, requests).filter(_ -> take().isZero()).count();
    }

    private Duration take() {
        var after = bucket.take(fullAt, now);
        fullAt = after.fullAt();
        return after.nextIn();
    }
}
