package dev.frontdesk.session.throttle;

import static dev.frontdesk.session.throttle.ThrottleFixture.ACME;
import static dev.frontdesk.session.throttle.ThrottleFixture.ADA;
import static dev.frontdesk.session.throttle.ThrottleFixture.reason;
import static dev.frontdesk.session.throttle.ThrottleFixture.someone;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.ClientRange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginNameHistoryIT {

    private final ThrottleFixture fixture = new ThrottleFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aProofEndsTheWaitForWhatOthersHaveGuessed() {
        guess(5);
        assertThat(fixture.fail(ADA)).isPresent();

        restart(now());

        guess(5);
        assertThat(reason(fixture.fail(ADA).orElseThrow())).isEqualTo("failed_logins_of_name");
    }

    @Test
    void aProofEndsTheWaitOfAKnownDeviceWhichStaysKnown() {
        var token = fixture.succeed(ADA, fixture.somewhere(), null).token();
        for (int i = 0; i < 10; i++) {
            assertThat(fixture.fail(ADA, fixture.somewhere(), token)).isEmpty();
        }
        assertThat(fixture.fail(ADA, fixture.somewhere(), token)).isPresent();

        restart(now());

        assertThat(fixture.succeed(ADA, fixture.somewhere(), token).known()).isTrue();
    }

    @Test
    void aProofOfOneNameGivesAClientNothingForOthers() {
        var client = ClientRange.of("198.51.100.7");
        for (int i = 0; i < 20; i++) {
            assertThat(fixture.fail(someone(), client, null)).isEmpty();
        }

        restart(now());

        assertThat(reason(fixture.fail(ADA, client, null).orElseThrow())).isEqualTo("failed_logins_of_range");
    }

    @Test
    void whatComesAfterTheProofIsCountedHoweverLateItIsTold() {
        Instant proved = now();
        fixture.clock.advance(ofSeconds(1));
        var token = fixture.succeed(ADA, fixture.somewhere(), null).token();
        guess(5);

        restart(proved);
        fixture.history.forget(ACME, ADA, proved).block();

        assertThat(fixture.fail(ADA)).isPresent();
        assertThat(fixture.succeed(ADA, fixture.somewhere(), token).known()).isTrue();
    }

    @Test
    void nothingIsLeftOfADeletedAccount() {
        var token = fixture.succeed(ADA, fixture.somewhere(), null).token();
        assertThat(fixture.fail(ADA, fixture.somewhere(), token)).isEmpty();
        guess(3);

        fixture.history.forget(ACME, ADA, now()).block();
        fixture.history.forget(ACME, ADA, now()).block();

        // Read from the masters: a replica may lag behind.
        assertThat(List.of(
                        fixture.keys.failuresOfName(ACME, ADA),
                        fixture.keys.failuresOfDevice(ACME, ADA, token),
                        fixture.keys.devicesOf(ACME, ADA)))
                .noneMatch(fixture.redis::hasKey);
        assertThat(fixture.succeed(ADA, fixture.somewhere(), token).known()).isFalse();
    }

    @Test
    void thatOfOtherNamesAndTenantsStays() {
        var other = someone();
        var token = fixture.succeed(other, fixture.somewhere(), null).token();
        guess(5);

        fixture.history.forget(new TenantId("globex"), ADA, now()).block();
        fixture.history.forget(ACME, someone(), now()).block();

        assertThat(fixture.fail(ADA)).isPresent();
        assertThat(fixture.succeed(other, fixture.somewhere(), token).known()).isTrue();
    }

    private void guess(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(fixture.fail(ADA)).isEmpty();
        }
    }

    private void restart(Instant provedAt) {
        fixture.history.restart(ACME, ADA, provedAt).block();
    }

    private Instant now() {
        return fixture.clock.instant();
    }
}
