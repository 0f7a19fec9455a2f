package dev.frontdesk.gateway.limiter;

import static dev.frontdesk.gateway.limiter.CountersFixture.policy;
import static dev.frontdesk.gateway.limiter.CountersFixture.someone;
import static dev.frontdesk.gateway.limiter.CountersFixture.windows;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalCountersTest {

    private static final long SECOND = 1_000_000;

    private final AtomicLong micros = new AtomicLong();
    private final LocalCounters counters = new LocalCounters(() -> micros.get() * 1000);

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1), new Random().longs(5));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void countAsTheModelDoes(long seed) {
        var random = new Random(seed);
        var limited = new Limited(someone(), policy(2, 5, 7, 30, 60), 1);
        var model = new CounterModel();
        for (int step = 0; step < 2000; step++) {
            long now = micros.addAndGet(random.nextBoolean() ? 0 : random.nextLong(20 * SECOND));
            if (random.nextInt(200) == 0) {
                now = micros.addAndGet(random.nextLong(30 * 3600 * SECOND));
            }
            boolean expected = model.admits(limited.policy(), 1, now);
            long[] waits = new long[Bound.values().length];
            for (Bound window : List.of(Bound.MINUTE, Bound.HOUR, Bound.DAY)) {
                waits[window.ordinal()] = model.waitFor(window, limited.policy(), 1, now);
            }

            Decision decision = counters.take(List.of(limited), 1);

            String where = "seed %d, step %d".formatted(seed, step);
            assertThat(decision.allowed()).as(where).isEqualTo(expected);
            if (expected) {
                model.add(limited.policy(), 1, now);
            }
            for (Usage usage : decision.standings().getFirst().usages()) {
                assertThat(usage.used()).as(where).isEqualTo(model.used(usage.bound(), limited.policy(), now));
                if (!expected && usage.bound() != Bound.BURST) {
                    assertThat(usage.waitMicros())
                            .as(where)
                            .isEqualTo(waits[usage.bound().ordinal()]);
                }
            }
        }
    }

    @Test
    void allowAGatewayItsShare() {
        var limited = new Limited(someone(), windows(10, 0, 0), 1);

        long allowed = IntStream.range(0, 20)
                .filter(_ -> counters.take(List.of(limited), 3).allowed())
                .count();

        assertThat(allowed).isEqualTo(3);
    }

    @Test
    void spendNothingOfTheOthersWhenOneRefuses() {
        var account = new Limited(someone(), windows(10, 10, 0), 1);
        var tenant = new Limited(Subject.tenant(CountersFixture.ACME), windows(1, 0, 0), 1);
        counters.take(List.of(account, tenant), 1);

        Decision refused = counters.take(List.of(account, tenant), 1);

        assertThat(refused.allowed()).isFalse();
        assertThat(requireNonNull(refused.refusing()).limited()).isEqualTo(tenant);
        assertThat(refused.standings().getFirst().usages())
                .extracting(Usage::used)
                .containsExactly(1L, 1L);
    }

    @Test
    void tellWhatRedisDoesNotKnowOnce() {
        var limited = new Limited(someone(), windows(10, 10, 0), 2);
        counters.take(List.of(limited), 2);
        counters.take(List.of(limited), 2);
        counters.take(List.of(limited), 2);

        assertThat(counters.untold()).containsExactly(limited.subject());
        var counter = requireNonNull(counters.find(limited.subject()));
        // With the whole limits, of which two passed within this gateway's half.
        var untold = counter.takeUntold(limited.subject());
        assertThat(untold).isEqualTo(new Limited(limited.subject(), limited.policy(), 4));
        assertThat(counters.untold()).isEmpty();
        assertThat(counters.mayHaveUntold()).isFalse();

        counters.keepUntold(untold);
        assertThat(counters.mayHaveUntold()).isTrue();
        assertThat(counter.takeUntold(limited.subject())).isEqualTo(untold);
    }
}
