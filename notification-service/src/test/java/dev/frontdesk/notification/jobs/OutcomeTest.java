package dev.frontdesk.notification.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Test
    void isTriedAgainAsLongAsThereAreAttempts() {
        var error = new RetryableFailure("SMTP: 451", new IllegalStateException());

        assertThat(Outcome.of(error, attempt(1), PAUSE)).isEqualTo(new Outcome.Again(PAUSE, "SMTP: 451"));
        assertThat(Outcome.of(error, attempt(2), PAUSE)).isEqualTo(new Outcome.Again(PAUSE, "SMTP: 451"));
        assertThat(Outcome.of(error, attempt(3), PAUSE)).isEqualTo(new Outcome.Failed("SMTP: 451"));
    }

    @Test
    void isGivenUpAtOnceWhenAnotherAttemptWouldFail() {
        assertThat(Outcome.of(new PermanentFailure("SMTP: 550"), attempt(1), PAUSE))
                .isEqualTo(new Outcome.Failed("SMTP: 550"));
    }

    @Test
    void keepsNothingOfAnErrorThatMayQuoteAnything() {
        assertThat(Outcome.of(new IllegalStateException("code 123456"), attempt(1), PAUSE))
                .isEqualTo(new Outcome.Again(PAUSE, "IllegalStateException"));
    }

    @Test
    void doesNotCountAttemptsThatWereLostWithTheirWorker() {
        var error = new RetryableFailure("SMTP: 451", null);
        var lostOnce = JobFixture.job(3, 1, true, null);

        assertThat(Outcome.of(error, lostOnce, PAUSE)).isEqualTo(new Outcome.Again(PAUSE, "SMTP: 451"));
    }

    @Test
    void isNotTriedAgainWhenItMayBeDoneAndMustNotBeDoneTwice() {
        var error = new UnknownOutcome("no answer", null);

        assertThat(Outcome.of(error, JobFixture.job(1, 0, false, null), PAUSE))
                .isEqualTo(new Outcome.Unknown("no answer"));
        assertThat(Outcome.of(error, attempt(1), PAUSE)).isEqualTo(new Outcome.Again(PAUSE, "no answer"));
    }

    @Test
    void waitsAsLongAsTheOtherSideAsks() {
        var minute = Duration.ofMinutes(1);

        assertThat(Outcome.of(new RetryableFailure("429", minute, null), attempt(1), PAUSE))
                .isEqualTo(new Outcome.Again(minute, "429"));
        assertThat(Outcome.of(new RetryableFailure("429", Duration.ZERO, null), attempt(1), PAUSE))
                .isEqualTo(new Outcome.Again(PAUSE, "429"));
    }

    @Test
    void isNoAttemptWhereNothingWasTried() {
        assertThat(Outcome.of(new Deferred(PAUSE), attempt(3), Duration.ZERO)).isEqualTo(new Outcome.Postponed(PAUSE));
    }

    @Test
    void aJobExpiresAtItsTime() {
        var expiry = Instant.parse("2026-11-21T10:00:00Z");

        assertThat(JobFixture.job(1, 0, true, expiry).isExpired(expiry.minusMillis(1)))
                .isFalse();
        assertThat(JobFixture.job(1, 0, true, expiry).isExpired(expiry)).isTrue();
        assertThat(attempt(1).isExpired(Instant.MAX)).isFalse();
    }

    private static Job attempt(int attempt) {
        return JobFixture.job(attempt, 0, true, null);
    }
}
