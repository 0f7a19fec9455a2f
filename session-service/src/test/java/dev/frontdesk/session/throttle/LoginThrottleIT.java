package dev.frontdesk.session.throttle;

import static dev.frontdesk.session.throttle.ThrottleFixture.ACME;
import static dev.frontdesk.session.throttle.ThrottleFixture.ADA;
import static dev.frontdesk.session.throttle.ThrottleFixture.reason;
import static dev.frontdesk.session.throttle.ThrottleFixture.secondsToWait;
import static dev.frontdesk.session.throttle.ThrottleFixture.someone;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.session.devices.DeviceToken;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

class LoginThrottleIT {

    private final ThrottleFixture fixture = new ThrottleFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void refusesTheSixthAttemptAndLaterOnesForLongerAndLonger() {
        failFor(ADA, 5);

        var waits = new ArrayList<Long>();
        for (int i = 0; i < 13; i++) {
            var refused = fixture.fail(ADA).orElseThrow();
            assertThat(refused.type()).isEqualTo(ProblemType.TOO_MANY_FAILED_LOGINS);
            assertThat(reason(refused)).isEqualTo("failed_logins_of_name");
            waits.add(secondsToWait(refused));
            fixture.clock.advance(ofSeconds(secondsToWait(refused)).minusMillis(1));
            assertThat(fixture.fail(ADA)).isPresent();
            fixture.clock.advance(ofMillis(1));
            assertThat(fixture.fail(ADA)).isEmpty();
        }
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L, 900L);
    }

    @Test
    void isTheSameForEverySpellingOfAName() {
        for (var typed : List.of(
                "ada@example.org", "ADA@example.org", " Ada@Example.ORG ", "ａｄａ@example.org", "ada@EXAMPLE．org")) {
            assertThat(fixture.fail(LoginName.of(typed))).isEmpty();
        }

        assertThat(fixture.fail(ADA)).isPresent();
    }

    @Test
    void twoHundredAtOnceAreFive() {
        var admitted = Flux.range(0, 200)
                .flatMap(
                        _ -> fixture.throttle
                                .admit(ACME, ADA, fixture.somewhere(), null)
                                .onErrorComplete(),
                        200)
                .count()
                .block();

        assertThat(admitted).isEqualTo(5);
    }

    @Test
    void whatIsInFlightIsNoFailure() {
        var inFlight = admit(5);

        assertThat(reason(fixture.fail(ADA).orElseThrow())).isEqualTo("logins_in_flight");
        inFlight.forEach(this::succeed);

        assertThat(fixture.redis.hasKey(fixture.keys.failuresOfName(ACME, ADA))).isFalse();
        failFor(ADA, 5);
        assertThat(reason(fixture.fail(ADA).orElseThrow())).isEqualTo("failed_logins_of_name");
    }

    @Test
    void guessesInFlightAreFailuresAsSoonAsTheyAreWrong() {
        var inFlight = admit(5);
        inFlight.forEach(guess -> fixture.throttle.failed(guess).block());
        inFlight.forEach(guess -> fixture.throttle.failed(guess).block());

        var refused = fixture.fail(ADA).orElseThrow();
        assertThat(reason(refused)).isEqualTo("failed_logins_of_name");
        assertThat(secondsToWait(refused)).isEqualTo(1);
    }

    @Test
    void noMoreAreInFlightThanMayFailHoweverManySucceed() {
        var inFlight = admit(5);
        succeed(inFlight.getFirst());

        assertThat(admit(1)).hasSize(1);
        assertThat(reason(fixture.fail(ADA).orElseThrow())).isEqualTo("logins_in_flight");
    }

    @Test
    void aGuessAtTheEndOfAWaitIsOneHoweverManyAskMeanwhile() {
        failFor(ADA, 5);
        fixture.clock.advance(ofSeconds(1));
        failFor(ADA, 1);
        fixture.clock.advance(ofSeconds(2));
        var guess = admit(1).getFirst();
        assertThat(reason(fixture.fail(ADA).orElseThrow())).isEqualTo("logins_in_flight");

        fixture.throttle.failed(guess).block();

        assertThat(secondsToWait(fixture.fail(ADA).orElseThrow())).isEqualTo(4);
    }

    @Test
    void whoseCallerIsGoneHasFailedAfterAMinute() {
        admit(5);
        fixture.clock.advance(ofMinutes(1));
        failFor(ADA, 1);

        var refused = fixture.fail(ADA).orElseThrow();

        assertThat(reason(refused)).isEqualTo("failed_logins_of_name");
        assertThat(secondsToWait(refused)).isEqualTo(2);
    }

    @Test
    void whatIsInFlightAtAClientOrADeviceIsNoFailureEither() {
        var office = fixture.somewhere();
        for (int i = 0; i < 20; i++) {
            fixture.admit(someone(), office, null);
        }
        assertThat(reason(fixture.fail(someone(), office, null).orElseThrow())).isEqualTo("logins_in_flight");

        var phone = fixture.succeed(ADA, fixture.somewhere(), null).token();
        for (int i = 0; i < 10; i++) {
            fixture.admit(ADA, fixture.somewhere(), phone);
        }
        assertThat(reason(fixture.fail(ADA, fixture.somewhere(), phone).orElseThrow()))
                .isEqualTo("logins_in_flight");
    }

    @Test
    void aDayWithoutAFailureForgetsThem() {
        failFor(ADA, 5);
        fixture.clock.advance(ofHours(24).minusMillis(1));
        failFor(ADA, 1);
        assertThat(fixture.fail(ADA)).isPresent();

        fixture.clock.advance(ofHours(24));
        failFor(ADA, 5);
        assertThat(fixture.fail(ADA)).isPresent();
    }

    @Test
    void anHourWithoutAFailureForgetsThoseThatCostNothing() {
        failFor(ADA, 4);
        var key = fixture.keys.failuresOfName(ACME, ADA);
        assertThat(fixture.redis.getExpire(key, TimeUnit.MILLISECONDS))
                .isBetween(1L, ofHours(1).toMillis());
        fixture.clock.advance(ofHours(1).minusMillis(1));
        failFor(ADA, 1);
        assertThat(fixture.redis.getExpire(key, TimeUnit.MILLISECONDS))
                .isGreaterThan(ofHours(23).toMillis());
        assertThat(fixture.fail(ADA)).isPresent();

        var other = someone();
        failFor(other, 4);
        fixture.clock.advance(ofHours(1));
        failFor(other, 5);
        assertThat(fixture.fail(other)).isPresent();
    }

    @Test
    void aSuccessForgetsTheFailuresOfTheName() {
        failFor(ADA, 4);
        fixture.succeed(ADA, fixture.somewhere(), null);

        failFor(ADA, 5);
        assertThat(fixture.fail(ADA)).isPresent();
    }

    @Test
    void otherTenantsAndOtherNamesAreOthers() {
        failFor(ADA, 5);

        assertThat(fixture.fail(someone())).isEmpty();
        assertThat(fixture.throttle
                        .admit(new TenantId("globex"), ADA, fixture.somewhere(), null)
                        .block())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8:1:2::%x", "198.51.100.7"})
    void oneClientHasTwentyGuessesAtAllNamesTogether(String address) {
        for (int i = 0; i < 20; i++) {
            assertThat(fixture.fail(someone(), ClientRange.of(address.formatted(i)), null))
                    .isEmpty();
        }

        var refused = fixture.fail(someone(), ClientRange.of(address.formatted(0xffff)), null)
                .orElseThrow();
        assertThat(reason(refused)).isEqualTo("failed_logins_of_range");
        assertThat(secondsToWait(refused)).isEqualTo(1);
        assertThat(fixture.fail(someone())).isEmpty();
        fixture.clock.advance(ofHours(1));
        assertThat(fixture.fail(someone(), ClientRange.of(address.formatted(1)), null))
                .isEmpty();
    }

    @Test
    void anIpv4AddressInsideIpv6IsTheSameClient() {
        for (int i = 0; i < 20; i++) {
            fixture.fail(someone(), ClientRange.of(i % 2 == 0 ? "198.51.100.7" : "::ffff:198.51.100.7"), null);
        }

        assertThat(fixture.fail(someone(), ClientRange.of("198.51.100.7"), null))
                .isPresent();
    }

    @Test
    void anAccountOfOnesOwnMakesNoRoomForGuessesAtOthers() {
        var here = fixture.somewhere();
        for (int i = 0; i < 20; i++) {
            fixture.fail(someone(), here, null);
            if (i < 19) {
                fixture.succeed(ADA, here, null);
            }
        }

        assertThat(fixture.fail(someone(), here, null)).isPresent();
    }

    @Test
    void successesOfManyBehindOneAddressCountForNothing() {
        var office = fixture.somewhere();
        for (int i = 0; i < 40; i++) {
            fixture.succeed(someone(), office, null);
        }

        assertThat(fixture.redis.hasKey(fixture.keys.failuresOfRange(ACME, office)))
                .isFalse();
    }

    @Test
    void aFloodOfFailuresFromEverywhereWaitsForTheNextMinute() {
        fixture.clock.advance(ofSeconds(15));
        for (int i = 0; i < 100; i++) {
            assertThat(fixture.fail(someone())).isEmpty();
        }

        var refused = fixture.fail(someone()).orElseThrow();
        assertThat(reason(refused)).isEqualTo("failed_logins_of_tenant");
        assertThat(secondsToWait(refused)).isEqualTo(45);
        fixture.clock.advance(ofSeconds(45));
        assertThat(fixture.fail(someone())).isEmpty();
    }

    @Test
    void aClockThatIsALittleBehindStartsNoWindowAnew() {
        fixture.clock.advance(ofMinutes(1));
        for (int i = 0; i < 99; i++) {
            fixture.fail(someone());
        }

        fixture.clock.advance(ofMillis(-5));
        assertThat(fixture.fail(someone())).isEmpty();
        fixture.clock.advance(ofMillis(5));
        assertThat(fixture.fail(someone())).isPresent();
    }

    @Test
    void strangersLockNoKnownDeviceOut() {
        var home = fixture.somewhere();
        var phone = fixture.succeed(ADA, home, null);
        assertThat(phone.known()).isFalse();
        for (int i = 0; i < 100; i++) {
            fixture.fail(someone());
            fixture.fail(someone(), home, null);
            fixture.fail(ADA);
        }
        assertThat(fixture.fail(ADA, home, null)).isPresent();

        var again = fixture.succeed(ADA, home, phone.token());

        assertThat(again).isEqualTo(new LoggedInDevice(phone.token(), true, ofDays(180)));
    }

    @Test
    void strangersAreLockedOutHoweverOftenAKnownDeviceComesIn() {
        var phone = fixture.succeed(ADA, fixture.somewhere(), null).token();
        failFor(ADA, 5);

        fixture.succeed(ADA, fixture.somewhere(), phone);

        assertThat(reason(fixture.fail(ADA).orElseThrow())).isEqualTo("failed_logins_of_name");
    }

    @Test
    void aKnownDeviceHasTenGuessesOfItsOwn() {
        var phone = fixture.succeed(ADA, fixture.somewhere(), null).token();
        var here = fixture.somewhere();
        for (int i = 0; i < 10; i++) {
            assertThat(fixture.fail(ADA, here, phone)).isEmpty();
        }

        var refused = fixture.fail(ADA, here, phone).orElseThrow();
        assertThat(reason(refused)).isEqualTo("failed_logins_of_device");
        assertThat(secondsToWait(refused)).isEqualTo(1);
        fixture.clock.advance(ofSeconds(1));
        fixture.succeed(ADA, here, phone);
        assertThat(fixture.fail(ADA, here, phone)).isEmpty();
        // Its failures do not count against others.
        assertThat(fixture.fail(ADA)).isEmpty();
    }

    @Test
    void aDeviceIsKnownForTheNameThatItLoggedInWith() {
        var eve = someone();
        var evesDevice = fixture.succeed(eve, fixture.somewhere(), null).token();
        failFor(ADA, 5);

        assertThat(fixture.fail(ADA, fixture.somewhere(), evesDevice)).isPresent();
        assertThat(fixture.fail(ADA, fixture.somewhere(), DeviceToken.generate()))
                .isPresent();
        fixture.clock.advance(ofSeconds(1));
        // A token that an attacker planted does not become known.
        var device = fixture.succeed(ADA, fixture.somewhere(), evesDevice);
        assertThat(device.known()).isFalse();
        assertThat(device.token()).isNotEqualTo(evesDevice);
    }

    @Test
    void aDeviceIsForgottenAfterHalfAYearOrWhenOthersTakeItsPlace() {
        var first = fixture.succeed(ADA, fixture.somewhere(), null).token();
        fixture.clock.advance(ofDays(179));
        assertThat(fixture.succeed(ADA, fixture.somewhere(), first).known()).isTrue();
        fixture.clock.advance(ofDays(179));
        assertThat(fixture.succeed(ADA, fixture.somewhere(), first).known()).isTrue();
        fixture.clock.advance(ofDays(180));
        assertThat(fixture.succeed(ADA, fixture.somewhere(), first).known()).isFalse();

        var oldest = fixture.succeed(ADA, fixture.somewhere(), null).token();
        for (int i = 0; i < 3; i++) {
            fixture.clock.advance(ofSeconds(1));
            fixture.succeed(ADA, fixture.somewhere(), null);
        }
        assertThat(fixture.succeed(ADA, fixture.somewhere(), oldest).known()).isFalse();
    }

    @Test
    void aLoginWithoutAPasswordCheckCostsNothing() {
        failFor(ADA, 5);
        fixture.clock.advance(ofSeconds(1));
        var here = fixture.somewhere();

        var admitted = fixture.admit(ADA, here, null);
        fixture.throttle.takeBack(admitted).block();
        fixture.throttle.takeBack(admitted).block();

        assertThat(fixture.fail(ADA)).isEmpty();
        assertThat(secondsToWait(fixture.fail(ADA).orElseThrow())).isEqualTo(2);
        assertThat(fixture.redis.hasKey(fixture.keys.failuresOfRange(ACME, here)))
                .isFalse();
    }

    @Test
    void whatAKnownDeviceGetsBackIsItsOwn() {
        var phone = fixture.succeed(ADA, fixture.somewhere(), null).token();
        failFor(ADA, 4);

        fixture.throttle
                .takeBack(fixture.admit(ADA, fixture.somewhere(), phone))
                .block();

        failFor(ADA, 1);
        assertThat(fixture.fail(ADA)).isPresent();
        assertThat(fixture.redis.hasKey(fixture.keys.failuresOfDevice(ACME, ADA, phone)))
                .isFalse();
    }

    @Test
    void oneWhoComesLaterIsNotLetInBecauseOfWhatIsTakenBack() {
        failFor(ADA, 3);
        var unseen = fixture.admit(ADA, fixture.somewhere(), null);
        failFor(ADA, 1);

        fixture.throttle.takeBack(unseen).block();

        // Four failures count; the fifth is the last free one.
        failFor(ADA, 1);
        assertThat(fixture.fail(ADA)).isPresent();
    }

    @Test
    void takingALoginBackDoesNotShortenTheWaitOfOthers() {
        failFor(ADA, 5);
        fixture.clock.advance(ofSeconds(1));
        var unseen = fixture.admit(ADA, fixture.somewhere(), null);
        fixture.clock.advance(ofSeconds(2));
        failFor(ADA, 1);

        fixture.throttle.takeBack(unseen).block();

        assertThat(secondsToWait(fixture.fail(ADA).orElseThrow())).isEqualTo(2);
    }

    @Test
    void aScriptThatArrivesTwiceCountsOnce() {
        failFor(ADA, 3);
        var id = UUID.randomUUID();
        for (int i = 0; i < 2; i++) {
            assertThat(fixture.throttle
                            .admit(id, ACME, ADA, fixture.somewhere(), null)
                            .block())
                    .isNotNull();
        }

        failFor(ADA, 1);
        assertThat(fixture.fail(ADA)).isPresent();
    }

    @Test
    void everyKeyHasATimeToLive() {
        fixture.fail(ADA);
        var phone = fixture.succeed(someone(), fixture.somewhere(), null).token();
        var one = someone();
        var device = fixture.succeed(one, fixture.somewhere(), null).token();
        var admitted = fixture.admit(one, fixture.somewhere(), device);

        assertThat(phone).isNotEqualTo(device);
        for (var key : fixture.keys.of(ACME, ADA, ClientRange.of("203.0.0.1"), null, admitted.id())) {
            if (fixture.redis.hasKey(key)) {
                assertThat(fixture.redis.getExpire(key, TimeUnit.MILLISECONDS)).isPositive();
            }
        }
        for (var key : admitted.keys()) {
            if (fixture.redis.hasKey(key)) {
                assertThat(fixture.redis.getExpire(key, TimeUnit.MILLISECONDS)).isPositive();
            }
        }
    }

    private List<AdmittedLogin> admit(int times) {
        return IntStream.range(0, times)
                .mapToObj(_ -> fixture.admit(ADA, fixture.somewhere(), null))
                .toList();
    }

    private void succeed(AdmittedLogin login) {
        fixture.throttle.succeeded(login, fixture.throttle.deviceOf(login)).block();
    }

    private void failFor(LoginName name, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(fixture.fail(name)).isEmpty();
        }
    }
}
