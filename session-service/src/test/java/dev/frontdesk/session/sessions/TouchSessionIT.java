package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionsFixture.ACME;
import static dev.frontdesk.session.sessions.SessionsFixture.someAccount;
import static dev.frontdesk.session.sessions.SessionsFixture.with;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.kit.redis.Partition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TouchSessionIT {

    private final SessionsFixture fixture = new SessionsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void answersWithTheSession() {
        var opened = fixture.open(someAccount());

        assertThat(touch(opened)).isEqualTo(opened.session());
    }

    @Test
    void knowsNoOtherToken() {
        var token = fixture.open(someAccount()).token().value();
        var tampered = token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
        var partition = new SessionToken(token).partition().number();
        var moved = token.replace("fds_" + partition + "_", "fds_" + (partition + 1) % Partition.COUNT + "_");

        assertThat(touch(new SessionToken(tampered))).isNull();
        assertThat(touch(new SessionToken(moved))).isNull();
    }

    @Test
    void notesAUseOnceAMinute() {
        var opened = fixture.open(someAccount());

        fixture.clock.advance(ofSeconds(59));
        assertThat(touch(opened)).isEqualTo(opened.session());

        fixture.clock.advance(ofSeconds(1));
        var touched = requireNonNull(touch(opened));
        assertThat(touched.lastActivityAt()).isEqualTo(fixture.clock.instant());
        assertThat(touched.expiresAt()).isEqualTo(fixture.clock.instant().plus(ofDays(7)));

        fixture.clock.advance(ofSeconds(59));
        assertThat(touch(opened)).isEqualTo(touched);
    }

    @Test
    void movesTheTimeToLiveAndTheIndexAlong() {
        var account = someAccount();
        var opened = fixture.open(account);
        fixture.redis.expire(fixture.keyOf(opened), ofSeconds(100));

        fixture.clock.advance(ofDays(5));
        var touched = requireNonNull(touch(opened));

        assertThat(fixture.redis.getExpire(fixture.keyOf(opened), MILLISECONDS))
                .isGreaterThan(ofDays(7).minus(ofSeconds(10)).toMillis());
        assertThat(fixture.redis.opsForZSet().score(fixture.indexOf(account), fixture.memberOf(opened)))
                .isEqualTo((double) touched.expiresAt().toEpochMilli());
    }

    @Test
    void givesALostIndexItsEntryBack() {
        var account = someAccount();
        var opened = fixture.open(account);
        fixture.redis.delete(fixture.indexOf(account));

        assertThat(touch(opened)).isNotNull();

        assertThat(fixture.listed(account)).containsExactly(opened.session());
        assertThat(fixture.redis.getExpire(fixture.indexOf(account), MILLISECONDS))
                .isGreaterThan(ofDays(30).minus(ofSeconds(10)).toMillis());
    }

    @Test
    void givesALostIndexNothingBackThatARevocationMissed() {
        var account = someAccount();
        var used = fixture.open(account);
        var renewed = fixture.open(account);
        fixture.redis.delete(fixture.indexOf(account));
        fixture.revocations
                .revokeOpenedBefore(1, ACME, account.accountId(), null)
                .block();

        assertThat(touch(used)).isNull();
        assertThat(fixture.sessions
                        .rotate(renewed.token(), renewed.session().id())
                        .block())
                .isNull();

        assertThat(fixture.redis.hasKey(fixture.keyOf(used))).isFalse();
        assertThat(fixture.redis.hasKey(fixture.keyOf(renewed))).isFalse();
        assertThat(fixture.listed(account)).isEmpty();
        var later = fixture.open(with(1, account));
        fixture.redis.delete(fixture.indexOf(account));
        assertThat(touch(later)).isEqualTo(later.session());
    }

    @Test
    void endsAfterSevenIdleDays() {
        var opened = fixture.open(someAccount());

        fixture.clock.advance(ofDays(7).minusMillis(1));
        assertThat(touch(opened)).isNotNull();

        fixture.clock.advance(ofDays(7));
        assertThat(touch(opened)).isNull();
    }

    @Test
    void endsThirtyDaysAfterTheLoginWhateverItsUse() {
        var opened = fixture.open(someAccount());
        for (int day = 1; day < 30; day++) {
            fixture.clock.advance(ofDays(1));
            assertThat(touch(opened)).isNotNull();
        }
        var last = requireNonNull(touch(opened));
        assertThat(last.expiresAt()).isEqualTo(last.endsAt());
        assertThat(fixture.redis.getExpire(fixture.keyOf(opened), MILLISECONDS))
                .isBetween(ofDays(1).minus(ofSeconds(10)).toMillis(), ofDays(1).toMillis());

        fixture.clock.advance(ofDays(1));
        assertThat(touch(opened)).isNull();
    }

    @Test
    void leavesRedisByItself() {
        try (var brief = new SessionsFixture(
                new SessionsProperties(ofMillis(300), ofMillis(600), ofMillis(1), ofMillis(1), 100))) {
            var account = someAccount();
            var opened = brief.open(account);

            // The clock of the service stands still: Redis expires the keys.
            await().atMost(ofSeconds(30))
                    .until(() ->
                            !brief.redis.hasKey(brief.keyOf(opened)) && !brief.redis.hasKey(brief.indexOf(account)));
            assertThat(brief.sessions.touch(opened.token()).block()).isNull();
        }
    }

    private @Nullable Session touch(OpenedSession opened) {
        return touch(opened.token());
    }

    private @Nullable Session touch(SessionToken token) {
        return fixture.sessions.touch(token).block();
    }
}
