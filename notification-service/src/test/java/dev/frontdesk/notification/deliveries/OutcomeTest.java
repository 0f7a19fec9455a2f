package dev.frontdesk.notification.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Test
    void isTriedAgainAsLongAsThereAreAttempts() {
        var error = new NotDeliveredYet("SMTP: 451", new IllegalStateException());

        assertThat(Outcome.of(error, attempt(1), PAUSE)).isEqualTo(new Outcome.Again(PAUSE, "SMTP: 451"));
        assertThat(Outcome.of(error, attempt(2), PAUSE)).isEqualTo(new Outcome.Again(PAUSE, "SMTP: 451"));
        assertThat(Outcome.of(error, attempt(3), PAUSE)).isEqualTo(new Outcome.Failed("SMTP: 451"));
    }

    @Test
    void isGivenUpAtOnceWhenAnotherAttemptWouldFail() {
        assertThat(Outcome.of(new Undeliverable("SMTP: 550"), attempt(1), PAUSE))
                .isEqualTo(new Outcome.Failed("SMTP: 550"));
    }

    @Test
    void keepsNothingOfAnErrorThatMayQuoteAnything() {
        assertThat(Outcome.of(new IllegalStateException("code 123456"), attempt(1), PAUSE))
                .isEqualTo(new Outcome.Again(PAUSE, "IllegalStateException"));
    }

    @Test
    void aDeliveryExpiresAtItsTime() {
        var expiry = Instant.parse("2026-11-21T10:00:00Z");

        assertThat(delivery(1, expiry).isExpired(expiry.minusMillis(1))).isFalse();
        assertThat(delivery(1, expiry).isExpired(expiry)).isTrue();
        assertThat(attempt(1).isExpired(Instant.MAX)).isFalse();
    }

    private static Delivery attempt(int attempt) {
        return delivery(attempt, null);
    }

    private static Delivery delivery(int attempt, @Nullable Instant expiresAt) {
        return new Delivery(UUID.randomUUID(), TenantId.DEFAULT, "kind", attempt, 3, 1, expiresAt, "{}", null, null);
    }
}
