package dev.frontdesk.gateway.limiter;

import static dev.frontdesk.gateway.limiter.CountersFixture.someone;
import static dev.frontdesk.gateway.limiter.CountersFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RememberedRefusalsTest {

    private static final long SECOND = 1_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final RememberedRefusals refusals = new RememberedRefusals(nanos::get);
    private final Limited limited = new Limited(someone(), windows(10, 0, 0), 1);

    @Test
    void lastUntilTheWaitIsOver() {
        refusals.remember(refusal(SECOND / 2));

        assertThat(refusals.find(List.of(limited))).isNotNull();
        pass(Duration.ofMillis(499));
        assertThat(refusals.find(List.of(limited))).isNotNull();
        pass(Duration.ofMillis(2));
        assertThat(refusals.find(List.of(limited))).isNull();
    }

    @Test
    void lastOneSecondAtMost() {
        refusals.remember(refusal(3600 * SECOND));
        pass(Duration.ofMillis(1001));

        assertThat(refusals.find(List.of(limited))).isNull();
    }

    @Test
    void holdForTheSameLimitsAndSubjectsOnly() {
        refusals.remember(refusal(SECOND));
        var tenant = new Limited(Subject.tenant(CountersFixture.ACME), windows(10, 0, 0), 1);

        assertThat(refusals.find(List.of(new Limited(limited.subject(), windows(11, 0, 0), 1))))
                .isNull();
        assertThat(refusals.find(List.of(new Limited(limited.subject(), limited.policy(), 0))))
                .isNull();
        assertThat(refusals.find(List.of(limited, tenant))).isNull();
        assertThat(refusals.find(List.of(tenant))).isNull();
        assertThat(refusals.find(List.of(limited))).isNotNull();
    }

    @Test
    void neverContainAnAllowance() {
        var usage = new Usage(Bound.MINUTE, 10, 1, SECOND, 0);
        refusals.remember(new Decision(true, List.of(new Standing(limited, List.of(usage)))));

        assertThat(refusals.find(List.of(limited))).isNull();
    }

    private Decision refusal(long wait) {
        var usage = new Usage(Bound.MINUTE, 10, 10, wait, wait);
        return new Decision(false, List.of(new Standing(limited, List.of(usage))));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
