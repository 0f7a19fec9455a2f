package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionsFixture.ACME;
import static dev.frontdesk.session.sessions.SessionsFixture.someAccount;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class RotateSessionIT {

    private final SessionsFixture fixture = new SessionsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theSessionStaysAndHasAnotherToken() {
        var account = someAccount();
        var opened = fixture.open(account);
        fixture.clock.advance(ofDays(6));

        var renewed = rotated(opened);

        assertThat(renewed.token()).isNotEqualTo(opened.token());
        assertThat(renewed.session().id()).isEqualTo(opened.session().id());
        assertThat(renewed.session().expiresAt())
                .isEqualTo(fixture.clock.instant().plus(ofDays(7)));
        assertThat(renewed.session().endsAt()).isEqualTo(opened.session().endsAt());
        assertThat(touch(renewed)).isEqualTo(renewed.session());
        assertThat(fixture.listed(account)).containsExactly(renewed.session());
        assertThat(fixture.redis.opsForZSet().range(fixture.indexOf(account), 0, -1))
                .containsExactly(fixture.memberOf(renewed));
        assertThat(fixture.redis.getExpire(fixture.keyOf(renewed), MILLISECONDS))
                .isBetween(ofDays(7).minus(ofSeconds(10)).toMillis(), ofDays(7).toMillis());
    }

    @Test
    void theOldTokenIsGoodForTheGraceAndNoLonger() {
        var opened = fixture.open(someAccount());
        rotated(opened);

        var graceEnd = fixture.clock.instant().plusSeconds(10);
        assertThat(requireNonNull(touch(opened)).expiresAt()).isEqualTo(graceEnd);
        fixture.clock.advance(ofSeconds(10).minusMillis(1));
        assertThat(requireNonNull(touch(opened)).id())
                .isEqualTo(opened.session().id());

        fixture.clock.advance(ofSeconds(1));
        assertThat(touch(opened)).isNull();
        assertThat(fixture.sessions
                        .rotate(opened.token(), opened.session().id())
                        .block())
                .isNull();
        assertThat(fixture.redis.getExpire(fixture.keyOf(opened), MILLISECONDS)).isLessThanOrEqualTo(10_000);
    }

    @Test
    void aUseOfTheOldTokenKeepsTheSessionOpen() {
        try (var slow = new SessionsFixture(
                new SessionsProperties(ofSeconds(6), ofDays(30), ofSeconds(1), ofSeconds(10), 100))) {
            var opened = slow.open(someAccount());
            var renewed = requireNonNull(
                    slow.sessions.rotate(opened.token(), opened.session().id()).block());

            slow.clock.advance(ofSeconds(5));
            assertThat(slow.sessions.touch(opened.token()).block()).isNotNull();
            slow.clock.advance(ofSeconds(5));

            assertThat(slow.sessions.touch(renewed.token()).block()).isNotNull();
        }
    }

    @Test
    void allWhoComeWithOneTokenGetTheSameNewOne() {
        var opened = fixture.open(someAccount());

        var tokens = Flux.range(0, 50)
                .flatMap(
                        _ -> fixture.sessions.rotate(
                                opened.token(), opened.session().id()),
                        50)
                .map(OpenedSession::token)
                .collectList()
                .block();

        assertThat(tokens).hasSize(50);
        assertThat(tokens).containsOnly(requireNonNull(tokens).getFirst()).doesNotContain(opened.token());
        assertThat(fixture.sessions.touch(tokens.getFirst()).block()).isNotNull();
    }

    @Test
    void aTokenThatIsYoungerThanTheGraceIsAnsweredWithItself() {
        var account = someAccount();
        var first = fixture.open(account);
        var second = rotated(first);
        fixture.clock.advance(ofSeconds(10).minusMillis(1));

        var again = rotated(second);

        // Otherwise a request in flight with the first token would be refused because of two others.
        assertThat(again).isEqualTo(second);
        assertThat(requireNonNull(touch(first)).id()).isEqualTo(first.session().id());
        assertThat(rotated(first).token()).isEqualTo(second.token());
        assertThat(fixture.listed(account)).containsExactly(second.session());

        fixture.clock.advance(ofMillis(1));
        var third = rotated(second);
        assertThat(third.token()).isNotEqualTo(second.token());
        assertThat(touch(first)).isNull();
        assertThat(fixture.redis.hasKey(fixture.keyOf(first))).isFalse();
        assertThat(requireNonNull(touch(second)).id()).isEqualTo(first.session().id());
        assertThat(touch(third)).isNotNull();
    }

    @Test
    void whoseClockIsBehindGetsNothingOfAChain() {
        var first = fixture.open(someAccount());
        var second = rotated(first);
        fixture.clock.advance(ofSeconds(10));
        rotated(second);

        fixture.clock.advance(ofMillis(-5));
        assertThat(fixture.sessions.rotate(first.token(), first.session().id()).block())
                .isNull();
        assertThat(touch(first)).isNull();
    }

    @Test
    void aRevocationEndsBothTokens() {
        var account = someAccount();
        var opened = fixture.open(account);
        var renewed = rotated(opened);

        assertThat(fixture.revoke(account, opened.session().id())).isTrue();

        assertThat(touch(opened)).isNull();
        assertThat(touch(renewed)).isNull();
        assertThat(fixture.sessions
                        .rotate(opened.token(), opened.session().id())
                        .block())
                .isNull();
        assertThat(fixture.redis.hasKey(fixture.keyOf(opened))).isFalse();
        assertThat(fixture.redis.hasKey(fixture.keyOf(renewed))).isFalse();
    }

    @Test
    void nothingComesBackThatIsRenewedWhileItEnds() {
        // Redis knows both scripts from here on: a script that it does not know is sent again, after the others.
        rotated(fixture.open(someAccount()));
        var other = someAccount();
        fixture.revocations
                .revoke(ACME, other.accountId(), fixture.open(other).session().id())
                .block();
        var account = someAccount();
        var opened = fixture.open(account);
        var id = opened.session().id();

        // Some before it, some after it.
        var tokens = requireNonNull(Flux.range(0, 20)
                .flatMap(
                        i -> i == 10
                                ? fixture.revocations
                                        .revoke(ACME, account.accountId(), id)
                                        .then(Mono.<SessionToken>empty())
                                : fixture.sessions.rotate(opened.token(), id).map(OpenedSession::token),
                        20)
                .collectList()
                .block());

        assertThat(tokens).isNotEmpty();
        assertThat(touch(opened)).isNull();
        assertThat(tokens)
                .allSatisfy(token ->
                        assertThat(fixture.sessions.touch(token).block()).isNull());
        assertThat(fixture.listed(account)).isEmpty();
    }

    @Test
    void aTokenOfAnotherSessionRenewsNothing() {
        var opened = fixture.open(someAccount());

        assertThat(fixture.sessions.rotate(opened.token(), UUID.randomUUID()).block())
                .isNull();
        assertThat(fixture.sessions
                        .rotate(
                                fixture.open(someAccount()).token(),
                                opened.session().id())
                        .block())
                .isNull();

        assertThat(touch(opened)).isEqualTo(opened.session());
    }

    @Test
    void aSessionThatIsOverIsNotRenewed() {
        var opened = fixture.open(someAccount());
        fixture.clock.advance(ofDays(7));

        assertThat(fixture.sessions
                        .rotate(opened.token(), opened.session().id())
                        .block())
                .isNull();
    }

    private OpenedSession rotated(OpenedSession opened) {
        return requireNonNull(
                fixture.sessions.rotate(opened.token(), opened.session().id()).block());
    }

    private @Nullable Session touch(OpenedSession opened) {
        return fixture.sessions.touch(opened.token()).block();
    }
}
