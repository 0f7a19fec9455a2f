package dev.frontdesk.gateway.limiter;

import static dev.frontdesk.gateway.limiter.CountersFixture.ACME;
import static dev.frontdesk.gateway.limiter.CountersFixture.policy;
import static dev.frontdesk.gateway.limiter.CountersFixture.shadow;
import static dev.frontdesk.gateway.limiter.CountersFixture.someone;
import static dev.frontdesk.gateway.limiter.CountersFixture.windows;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

@TestInstance(Lifecycle.PER_CLASS)
class RedisCountersIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final long NOW = 1_790_000_000_000_000L;
    private static final long SECOND = 1_000_000;
    /** In ms: what may pass between two calls of a test. */
    private static final long MARGIN = 30_000;

    private static final int MOST = 137;
    private static final int CALLS = 400;

    private final CountersFixture fixture = new CountersFixture();

    @AfterAll
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(Bound.class)
    void letsExactlyTheLimitPassOfConcurrentCallsOfTwoGateways(Bound bound) {
        try (var other = fixture.other()) {
            var limited = new Limited(someone(), only(bound, MOST), 1);
            // A bucket refills, so it gets one and the same time.
            String now = bound == Bound.BURST ? Long.toString(NOW) : "";

            var allowed = Flux.range(0, CALLS)
                    .flatMap(i -> (i % 2 == 0 ? fixture : other).counters.call("take", now, List.of(limited)), CALLS)
                    .filter(Decision::allowed)
                    .count()
                    .block(LONG);

            assertThat(allowed).isEqualTo(MOST);
        }
    }

    @Test
    void spendsNothingOfTheOthersWhenOneRefuses() {
        var beta = new TenantId("beta");
        var tenant = new Limited(Subject.tenant(beta), windows(0, 0, 3), 2);
        var inTenant = new Limited(Subject.account(beta, UUID.randomUUID()), windows(10, 20, 30), 2);

        assertThat(fixture.take(NOW, inTenant, tenant).allowed()).isTrue();
        var refused = fixture.take(NOW, inTenant, tenant);

        assertThat(refused.allowed()).isFalse();
        var refusing = requireNonNull(refused.refusing());
        assertThat(refusing.limited()).isEqualTo(tenant);
        assertThat(requireNonNull(refusing.longestRefusal()).bound()).isEqualTo(Bound.DAY);
        assertThat(refused.standings().getFirst().usages())
                .extracting(Usage::used)
                .containsExactly(2L, 2L, 2L);
        assertThat(fixture.peek(NOW, inTenant).standings().getFirst().usages())
                .extracting(Usage::used)
                .containsExactly(2L, 2L, 2L);
    }

    @Test
    void spendsNothingOfTheMinuteWhenTheDayRefuses() {
        var limited = new Limited(someone(), windows(10, 0, 1), 1);
        fixture.take(NOW, limited);

        assertThat(fixture.take(NOW, limited).standings().getFirst().usages())
                .extracting(Usage::used)
                .containsExactly(1L, 1L);
    }

    @Test
    void tellsTheWaitUntilTheOldestRequestEnds() {
        var limited = new Limited(someone(), windows(2, 0, 0), 1);
        long slot = Bound.MINUTE.slotMicros();
        long begin = NOW - NOW % slot;
        fixture.take(begin + 1, limited);
        fixture.take(begin + 30 * SECOND, limited);

        var refused = fixture.take(begin + 40 * SECOND, limited);
        long wait = requireNonNull(refused.standings().getFirst().usage(Bound.MINUTE))
                .waitMicros();

        assertThat(wait).isEqualTo(31 * slot - 40 * SECOND);
        assertThat(fixture.take(begin + 40 * SECOND + wait - 1, limited).allowed())
                .isFalse();
        assertThat(fixture.take(begin + 40 * SECOND + wait, limited).allowed()).isTrue();
    }

    @Test
    void obeysANewLimitAtOnceUpAndDown() {
        var subject = someone();
        for (int i = 0; i < 5; i++) {
            assertThat(fixture.take(NOW, new Limited(subject, policy(5, 5, 5, 0, 0), 1))
                            .allowed())
                    .isTrue();
        }
        assertThat(fixture.take(NOW, new Limited(subject, policy(5, 5, 5, 0, 0), 1))
                        .allowed())
                .isFalse();
        assertThat(fixture.take(NOW, new Limited(subject, policy(6, 6, 6, 0, 0), 1))
                        .allowed())
                .isTrue();
        assertThat(fixture.take(NOW, new Limited(subject, policy(1, 7, 3, 0, 0), 1))
                        .allowed())
                .isFalse();
        // A bucket that refilled slowly refills at the new rate from now on.
        assertThat(fixture.take(NOW + SECOND / 10, new Limited(subject, policy(100, 100, 0, 0, 0), 95))
                        .allowed())
                .isTrue();
    }

    @Test
    void keepsTheOtherWindowsWhenOneComesOrGoes() {
        var subject = someone();
        fixture.take(NOW, new Limited(subject, windows(9, 9, 9), 2));
        fixture.take(NOW + 70 * SECOND, new Limited(subject, windows(9, 0, 9), 3));

        var decision = fixture.peek(NOW + 75 * SECOND, new Limited(subject, windows(9, 9, 9), 0));

        assertThat(decision.standings().getFirst().usages())
                .extracting(Usage::used)
                .containsExactly(3L, 2L, 5L);
    }

    @Test
    void countsAndReportsInShadowButRefusesNothing() {
        var subject = someone();
        var other = new Limited(someone(), windows(100, 0, 0), 1);
        fixture.take(NOW, new Limited(subject, shadow(1), 1), other);

        var beyond = fixture.take(NOW, new Limited(subject, shadow(1), 1), other);

        assertThat(beyond.allowed()).isTrue();
        assertThat(beyond.standings().getFirst().longestRefusal()).isNotNull();
        assertThat(beyond.standings().getFirst().usages())
                .extracting(Usage::used)
                .containsExactly(1L);
        assertThat(beyond.standings().getLast().usages())
                .extracting(Usage::used)
                .containsExactly(2L);
    }

    @Test
    void keepsASubjectUntilItsLastRequestHasEnded() {
        assertThat(expiryAfter(windows(9, 9, 9))).isBetween(expected(Bound.DAY) - MARGIN, expected(Bound.DAY));
        assertThat(expiryAfter(windows(9, 9, 0))).isBetween(expected(Bound.HOUR) - MARGIN, expected(Bound.HOUR));
        assertThat(expiryAfter(windows(9, 0, 0))).isBetween(expected(Bound.MINUTE) - MARGIN, expected(Bound.MINUTE));
        assertThat(expiryAfter(policy(1, 900, 0, 0, 0))).isBetween(900_000 - MARGIN, 900_000L);
        assertThat(expiryAfter(policy(1, 900, 900, 0, 0))).isBetween(900_000 - MARGIN, 900_000L);
    }

    /** In ms, after the whole bucket or nine requests. */
    private long expiryAfter(Policy policy) {
        var limited = new Limited(someone(), policy, policy.capacity() > 0 ? policy.capacity() : 9);
        assertThat(fixture.take(NOW, limited).allowed()).isTrue();
        return fixture.redis.sync().pttl(fixture.keys.keyOf(limited.subject()));
    }

    private static long expected(Bound window) {
        return 31 * window.slotMicros() / 1000;
    }

    @Test
    void startsAnewFromAValueOfAnotherForm() {
        var limited = new Limited(someone(), windows(1, 0, 0), 1);
        fixture.redis.sync().set(fixture.keys.keyOf(limited.subject()), "\u0002 another version");

        assertThat(fixture.take(NOW, limited).allowed()).isTrue();
        assertThat(fixture.take(NOW, limited).allowed()).isFalse();
    }

    @Test
    void toleratesAClockThatIsSetBack() {
        var limited = new Limited(someone(), policy(1, 2, 2, 2, 2), 1);
        fixture.take(NOW, limited);

        assertThat(fixture.take(NOW - 3600 * SECOND, limited).allowed()).isTrue();
        assertThat(fixture.take(NOW - 3600 * SECOND, limited).allowed()).isFalse();
    }

    @Test
    void goesOnRefillingAndEndingAfterAClockThatIsSetBack() {
        var bucket = new Limited(someone(), policy(1, 2, 0, 0, 0), 2);
        var minute = new Limited(someone(), windows(1, 0, 0), 1);
        long back = NOW - 3600 * SECOND;
        fixture.take(NOW, bucket);
        fixture.take(NOW, minute);

        assertThat(fixture.take(back, bucket).allowed()).isFalse();
        assertThat(fixture.take(back + 2 * SECOND, bucket).allowed()).isTrue();
        assertThat(fixture.take(back, minute).allowed()).isFalse();
        assertThat(fixture.take(back + 59 * SECOND, minute).allowed()).isFalse();
        assertThat(fixture.take(back + 63 * SECOND, minute).allowed()).isTrue();
    }

    @Test
    void keepsASubjectForALoweredRefill() {
        var subject = someone();
        fixture.take(NOW, new Limited(subject, policy(100, 200, 0, 0, 0), 200));

        fixture.take(NOW, new Limited(subject, policy(1, 200, 0, 0, 0), 1));

        assertThat(fixture.redis.sync().pttl(fixture.keys.keyOf(subject))).isBetween(200_000 - MARGIN, 200_000L);
    }

    @Test
    void addsABatchOnceInTheSlotsOfItsRequests() {
        var limited = new Limited(someone(), policy(1, 100, 9, 90, 900), 1);
        var counts = new Counts();
        counts.add(limited.policy(), 5, 0);
        counts.add(limited.policy(), 3, 41 * SECOND);
        var batch = CountersFixture.batch(limited, counts, 41 * SECOND);
        fixture.take(NOW, limited);

        fixture.tell(NOW, batch);
        fixture.tell(NOW + SECOND, batch);
        fixture.tell(NOW + 2 * SECOND, batch);

        // The bucket had refilled by the first 5, and has by 2 since.
        assertThat(used(NOW + 2 * SECOND, limited)).containsExactly(2L, 9L, 9L, 9L);
        // The first 5 end a minute after they were made, two slots later at the latest.
        assertThat(used(NOW + 18 * SECOND, limited)).containsExactly(0L, 9L, 9L, 9L);
        assertThat(used(NOW + 24 * SECOND, limited)).containsExactly(0L, 4L, 9L, 9L);
        assertThat(used(NOW + 66 * SECOND, limited)).containsExactly(0L, 0L, 9L, 9L);
    }

    private List<Long> used(long now, Limited limited) {
        return fixture
                .peek(now, new Limited(limited.subject(), limited.policy(), 0))
                .standings()
                .getFirst()
                .usages()
                .stream()
                .map(Usage::used)
                .toList();
    }

    @Test
    void forgetsWhatIsResetAndGivesBackWhatIsRefunded() {
        var limited = new Limited(someone(), windows(2, 2, 2), 1);
        fixture.take(NOW, limited);
        fixture.take(NOW, limited);

        var refund = UUID.randomUUID();
        fixture.refund(NOW, limited, 1, refund);
        fixture.refund(NOW, limited, 1, refund);
        assertThat(fixture.take(NOW, limited).allowed()).isTrue();
        assertThat(fixture.take(NOW, limited).allowed()).isFalse();
        fixture.counters.reset(limited.subject()).block(LONG);
        assertThat(fixture.take(NOW, limited).allowed()).isTrue();
    }

    @Test
    void showsNoIdInItsKeysAndPutsATenantIntoOneSlot() {
        var account = UUID.randomUUID();
        String key = fixture.keys.keyOf(Subject.account(ACME, account));
        String ofTenant = fixture.keys.keyOf(Subject.tenant(ACME));
        String ofAddress = fixture.keys.keyOf(Subject.address("203.0.113.7"));

        assertThat(key).doesNotContain(account.toString()).contains(":acme:limit:{p");
        assertThat(tagIn(key)).isEqualTo(tagIn(ofTenant));
        assertThat(ofAddress).doesNotContain("203").contains(":_:limit:{p");
    }

    private static String tagIn(String key) {
        return key.substring(key.indexOf('{'), key.indexOf('}'));
    }

    private static Policy only(Bound bound, int most) {
        return switch (bound) {
            case BURST -> policy(1, most, 0, 0, 0);
            case MINUTE -> windows(most, 1000, 1000);
            case HOUR -> windows(1000, most, 1000);
            case DAY -> windows(1000, 1000, most);
        };
    }
}
