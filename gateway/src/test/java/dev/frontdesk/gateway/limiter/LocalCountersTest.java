package dev.frontdesk.gateway.limiter;

import static dev.frontdesk.gateway.limiter.CountersFixture.policy;
import static dev.frontdesk.gateway.limiter.CountersFixture.someone;
import static dev.frontdesk.gateway.limiter.CountersFixture.windows;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
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
    private final LocalCounters counters = new LocalCounters(() -> micros.get() * 1000, true);

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
    void tellTheSameBatchUntilRedisHasIt() {
        var limited = new Limited(someone(), windows(10, 10, 0), 2);
        take(limited);

        assertThat(counters.subjectsWithUntold()).containsExactly(limited.subject());
        UntoldBatch first = untold(limited);
        take(limited);
        UntoldBatch again = untold(limited);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(inMinute(again)).containsExactly(2);

        counters.told(first);
        UntoldBatch next = untold(limited);
        assertThat(next.id()).isNotEqualTo(first.id());
        assertThat(inMinute(next)).containsExactly(2);

        counters.told(first);
        assertThat(counters.mayHaveUntold()).isTrue();
        counters.told(next);
        assertThat(counters.untold(limited.subject())).isNull();
        assertThat(counters.subjectsWithUntold()).isEmpty();
        assertThat(counters.mayHaveUntold()).isFalse();
    }

    @Test
    void tellOnlyWhatStillCountsAndWhen() {
        var limited = new Limited(someone(), policy(2, 9, 9, 9, 0), 3);
        take(limited);
        micros.addAndGet(20 * SECOND);
        take(limited);
        micros.addAndGet(SECOND);

        UntoldBatch batch = untold(limited);

        // The bucket has refilled by 2 requests. Of the minute, 2 s are a slot, and each is told as one slot younger.
        assertThat(batch.arguments().get(1)).isEqualTo(Long.toString(SECOND));
        assertThat(inMinute(batch)).containsExactly(3, 0, 0, 0, 0, 0, 0, 0, 0, 3);
        micros.addAndGet(63 * SECOND);
        assertThat(inMinute(untold(limited))).isEmpty();
        assertThat(inHour(untold(limited))).containsExactly(6);
    }

    @Test
    void tellNothingThatAnotherSubjectRefused() {
        var account = new Limited(someone(), windows(10, 0, 0), 1);
        var tenant = new Limited(Subject.tenant(CountersFixture.ACME), windows(1, 0, 0), 1);
        counters.take(List.of(account, tenant), 1);
        counters.take(List.of(account, tenant), 1);

        assertThat(inMinute(untold(account))).containsExactly(1);
        assertThat(inMinute(untold(tenant))).containsExactly(1);
    }

    @Test
    void allowAShareThatHasRoomForOneRequest() {
        var limited = new Limited(someone(), policy(10, 40, 40, 0, 0), 5);

        assertThat(counters.take(List.of(limited), 10).allowed()).isTrue();
        assertThat(counters.take(List.of(limited), 10).allowed()).isFalse();
    }

    private void take(Limited limited) {
        assertThat(counters.take(List.of(limited), 1).allowed()).isTrue();
    }

    private UntoldBatch untold(Limited limited) {
        return requireNonNull(counters.untold(limited.subject()));
    }

    private static List<Integer> inMinute(UntoldBatch batch) {
        return counts(batch, 2);
    }

    private static List<Integer> inHour(UntoldBatch batch) {
        return counts(batch, 3);
    }

    /** Without the zeros at the end. */
    private static List<Integer> counts(UntoldBatch batch, int argument) {
        var bytes = ByteBuffer.wrap((byte[]) batch.arguments().get(argument)).asIntBuffer();
        var counts = new ArrayList<Integer>();
        while (bytes.hasRemaining()) {
            counts.add(bytes.get());
        }
        while (!counts.isEmpty() && counts.getLast() == 0) {
            counts.removeLast();
        }
        return counts;
    }
}
