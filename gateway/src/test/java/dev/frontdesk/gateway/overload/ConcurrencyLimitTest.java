package dev.frontdesk.gateway.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/** A service that answers one request after the other, each in 4 ms, simulated without a clock. */
class ConcurrencyLimitTest {

    private static final int MOST = 500;
    private static final long TAKES = Duration.ofMillis(4).toNanos();
    private static final Duration SLOW_AFTER = Duration.ofMillis(500);
    private static final int SECOND = 250;

    private final ConcurrencyLimit limit = new ConcurrencyLimit(MOST, SLOW_AFTER, 0);
    private final ArrayDeque<Long> queue = new ArrayDeque<>();
    private long now;

    @Test
    void fallsUntilAnswersComeInTimeAndStaysThere() {
        answer(10 * SECOND, MOST);
        int lowest = MOST;
        int highest = 0;
        for (int i = 0; i < 30 * SECOND; i++) {
            answer(1, MOST);
            lowest = Math.min(lowest, limit.now());
            highest = Math.max(highest, limit.now());
        }

        // 125 requests of 4 ms each take the 500 ms.
        assertThat(highest).isLessThanOrEqualTo(150);
        assertThat(lowest).isGreaterThanOrEqualTo(60);
    }

    @Test
    void risesToWhatIsAskedForWhenTheServiceKeepsUpAgain() {
        answer(10 * SECOND, MOST);
        queue.clear();
        for (int i = 0; i < 100; i++) {
            // All at once, in 10 ms.
            long began = now;
            now += Duration.ofMillis(101).toNanos();
            limit.ended(began + Duration.ofMillis(91).toNanos(), now, limit.now());
        }

        assertThat(limit.now()).isEqualTo(MOST);
    }

    @Test
    void staysAsItIsWhenNoMoreAreAskedFor() {
        answer(10 * SECOND, MOST);
        int fallen = limit.now();
        queue.clear();
        answer(10 * SECOND, 3);

        assertThat(limit.now()).isEqualTo(fallen);
    }

    @Test
    void isNotMisledBySlowRequestsBesideFastOnes() {
        var strict = new ConcurrencyLimit(MOST, Duration.ofMillis(20), 0);

        strict.ended(millis(80), millis(85), 400);
        strict.ended(millis(10), millis(101), 400);
        assertThat(strict.now()).isEqualTo(MOST);

        strict.ended(millis(110), millis(202), 400);
        assertThat(strict.now()).isLessThan(MOST);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    @Test
    void isNotMisledBySlowRequestsOneAfterTheOther() {
        for (int i = 0; i < 100; i++) {
            now += Duration.ofSeconds(1).toNanos();
            limit.ended(now - Duration.ofMillis(900).toNanos(), now, 1);
        }

        assertThat(limit.now()).isEqualTo(MOST);
    }

    @Test
    void neverFallsBelowWhatShowsAnything() {
        for (int i = 0; i < 1000; i++) {
            now += Duration.ofSeconds(11).toNanos();
            limit.ended(now - Duration.ofSeconds(10).toNanos(), now, MOST);
        }

        assertThat(limit.now()).isEqualTo(ConcurrencyLimit.LEAST);
    }

    /** There are always so many requests as the limit has room for. */
    private void answer(int times, int asked) {
        for (int i = 0; i < times; i++) {
            while (queue.size() < Math.min(asked, limit.now())) {
                queue.add(now);
            }
            now += TAKES;
            int inFlight = queue.size();
            limit.ended(queue.remove(), now, inFlight);
        }
    }
}
