package dev.frontdesk.registration.clientlimits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalBucketsTest {

    private static final ClientRange ADA = ClientRange.of("203.0.113.7");
    private static final ClientRange OTHER = ClientRange.of("203.0.113.8");

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T12:00:00Z"));
    private final TokenBucket size = new TokenBucket(30, 10);
    private final LocalBuckets buckets =
            new LocalBuckets(size.fillTime(), () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));

    @Test
    void countEachClientByItself() {
        assertThat(takenOf(ADA, 100)).isEqualTo(10);
        assertThat(takenOf(OTHER, 100)).isEqualTo(10);
        assertThat(buckets.take(ADA, size, clock.instant())).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void giveEachTokenOnceHoweverManyComeAtOnce() {
        assertThat(IntStream.range(0, 1000)
                        .parallel()
                        .filter(_ -> buckets.take(ADA, size, clock.instant()).isZero())
                        .count())
                .isEqualTo(10);
    }

    @Test
    void forgetNoBucketBeforeItIsFull() {
        takenOf(ADA, 100);
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofMinutes(2));
            assertThat(takenOf(ADA, 5)).isEqualTo(1);
        }
        clock.advance(size.fillTime());
        assertThat(takenOf(ADA, 100)).isEqualTo(10);
    }

    private long takenOf(ClientRange client, int requests) {
        return IntStream.range(0, requests)
                .filter(_ -> buckets.take(client, size, clock.instant()).isZero())
                .count();
    }
}
