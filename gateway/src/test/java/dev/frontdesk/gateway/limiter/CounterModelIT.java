package dev.frontdesk.gateway.limiter;

import static dev.frontdesk.gateway.limiter.CountersFixture.policy;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The script against a model, with random schedules over days, and against what it promises. A failure names its seed; to
 * repeat it, give the seed to the test instead.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CounterModelIT {

    private static final long START = 1_790_000_000_000_000L;
    private static final int STEPS = 500;
    private static final long SECOND = 1_000_000;
    private static final List<Bound> WINDOWS = List.of(Bound.MINUTE, Bound.HOUR, Bound.DAY);

    private final CountersFixture fixture = new CountersFixture();

    @AfterAll
    void close() {
        fixture.close();
    }

    static Stream<Long> seeds() {
        var random = new Random();
        return Stream.concat(
                Stream.of(1L, 2L), Stream.generate(random::nextLong).limit(6));
    }

    /** Policies, costs, gaps and calls are random; some calls have several subjects. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void countsAsTheModelDoes(long seed) {
        var random = new Random(seed);
        var subjects = Stream.generate(CountersFixture::someone).limit(3).toList();
        Map<Subject, CounterModel> models = new HashMap<>();
        subjects.forEach(subject -> models.put(subject, new CounterModel()));
        Map<Subject, Policy> policies = new HashMap<>();
        long now = START;
        for (int step = 0; step < STEPS; step++) {
            now += gap(random, now);
            for (Subject subject : subjects) {
                if (step == 0 || random.nextInt(40) == 0) {
                    policies.put(subject, randomPolicy(random));
                }
            }
            var called = new ArrayList<Limited>();
            for (Subject subject : subjects) {
                if (called.isEmpty() || random.nextInt(3) == 0) {
                    called.add(new Limited(subject, requireNonNull(policies.get(subject)), 1 + random.nextInt(4)));
                }
            }
            step(random, now, called, models, "seed " + seed + ", step " + step);
        }
    }

    private void step(Random random, long now, List<Limited> called, Map<Subject, CounterModel> models, String where) {
        if (random.nextInt(15) == 0) {
            for (Limited it : called) {
                int requests = random.nextInt(8) - 5;
                if (requests < 0) {
                    fixture.refund(now, it, -requests, UUID.randomUUID());
                } else {
                    fixture.tell(now, new Limited(it.subject(), it.policy(), requests));
                }
                of(it.subject(), models).add(it.policy(), requests, now);
            }
            return;
        }
        boolean peeks = random.nextInt(10) == 0;
        var all = called.toArray(Limited[]::new);
        Decision decision = peeks ? fixture.peek(now, all) : fixture.take(now, all);

        boolean expected = called.stream()
                .map(it -> of(it.subject(), models).admits(it.policy(), it.cost(), now))
                .reduce(true, Boolean::logicalAnd);
        assertThat(decision.allowed()).as(where).isEqualTo(expected);
        for (Standing standing : decision.standings()) {
            var limited = standing.limited();
            var model = of(limited.subject(), models);
            for (Usage usage : standing.usages()) {
                long wait = usage.bound() == Bound.BURST
                        ? usage.waitMicros()
                        : model.waitFor(usage.bound(), limited.policy(), limited.cost(), now);
                assertThat(usage.waitMicros()).as(where + " " + usage).isEqualTo(wait);
            }
            if (expected && !peeks) {
                model.add(limited.policy(), limited.cost(), now);
            }
            for (Usage usage : standing.usages()) {
                assertThat(usage.used())
                        .as(where + " " + usage)
                        .isEqualTo(model.used(usage.bound(), limited.policy(), now));
            }
        }
    }

    private static CounterModel of(Subject subject, Map<Subject, CounterModel> models) {
        return requireNonNull(models.get(subject));
    }

    /** What a caller may rely on, without any knowledge of slots. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void holdsForAnyIntervalAndRefusesNothingThatALogOfThirtyFirstPartMoreWouldAdmit(long seed) {
        var random = new Random(seed);
        var subject = CountersFixture.someone();
        var policy = policy(0, 0, 3 + random.nextInt(5), 20 + random.nextInt(20), 100 + random.nextInt(100));
        var log = new ArrayList<long[]>();
        long now = START;
        for (int step = 0; step < 2 * STEPS; step++) {
            now += gap(random, now);
            int cost = 1 + random.nextInt(3);
            boolean allowed =
                    fixture.take(now, new Limited(subject, policy, cost)).allowed();
            if (allowed) {
                log.add(new long[] {now, cost});
            }
            for (Bound window : WINDOWS) {
                assertThat(passed(log, now, window.seconds() * SECOND))
                        .as("seed %d, step %d, %s", seed, step, window)
                        .isLessThanOrEqualTo(policy.limit(window));
            }
            if (!allowed) {
                long at = now;
                assertThat(WINDOWS)
                        .as("seed %d, step %d: refused without need", seed, step)
                        .anyMatch(window -> passed(log, at, window.slotMicros() * (Bound.OLDER_SLOTS + 1)) + cost
                                > policy.limit(window));
            }
        }
    }

    /** Requests in the interval of that length that ends now. */
    private static long passed(List<long[]> log, long now, long length) {
        return log.reversed().stream()
                .takeWhile(it -> it[0] > now - length)
                .mapToLong(it -> it[1])
                .sum();
    }

    /** Often none, often to the edge of a slot, seldom longer than a day. */
    private static long gap(Random random, long now) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> 0;
            case 3, 4 -> random.nextLong(SECOND);
            case 5, 6 -> random.nextLong(30 * SECOND);
            case 7 -> Bound.MINUTE.slotMicros() - now % Bound.MINUTE.slotMicros() - random.nextInt(2);
            case 8 -> random.nextLong(600 * SECOND);
            case 9 -> Bound.HOUR.slotMicros() - now % Bound.HOUR.slotMicros();
            case 10 -> random.nextLong(4 * 3600 * SECOND);
            default -> random.nextInt(10) == 0 ? random.nextLong(40 * 3600 * SECOND) : 1;
        };
    }

    /** Always with a day: a key without a window expires by the real clock, which does not follow the test's. */
    private static Policy randomPolicy(Random random) {
        int refill = 1 + random.nextInt(3);
        boolean bucket = random.nextBoolean();
        return policy(
                bucket ? refill : 0,
                bucket ? refill + 4 + random.nextInt(5) : 0,
                random.nextInt(3) == 0 ? 0 : 5 + random.nextInt(10),
                random.nextInt(3) == 0 ? 0 : 20 + random.nextInt(30),
                100 + random.nextInt(100));
    }
}
