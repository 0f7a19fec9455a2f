package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionsFixture.ACME;
import static dev.frontdesk.session.sessions.SessionsFixture.someAccount;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.events.SessionEvent.SessionOpened;
import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import reactor.core.publisher.Flux;

class OpenSessionIT {

    private final SessionsFixture fixture = new SessionsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void storesTheSessionUnderTheHashOfItsTokenAlone() {
        var account = someAccount();
        var opened = fixture.open(account);

        var stored = fixture.redis.<String, String>opsForHash().entries(fixture.keyOf(opened));
        assertThat(stored)
                .containsEntry("session_id", opened.session().id().toString())
                .containsEntry("tenant", "acme")
                .containsEntry("account", account.accountId().toString())
                .containsEntry("roles", "editor")
                .containsEntry("locale", "tr")
                .containsEntry("user_agent", "curl/8")
                .containsEntry("device_id", opened.session().device().id().toString())
                .containsEntry("device_name", "Ada's phone")
                .containsEntry("client_address", "203.0.113.7")
                .doesNotContainValue(opened.token().value());
    }

    @Test
    void setsTheTimeToLiveOfSessionAndIndexInTheSameStep() {
        var account = someAccount();
        var opened = fixture.open(account);

        assertThat(fixture.redis.getExpire(fixture.keyOf(opened), MILLISECONDS))
                .isBetween(ofDays(7).minus(ofSeconds(10)).toMillis(), ofDays(7).toMillis());
        assertThat(fixture.redis.getExpire(fixture.indexOf(account), MILLISECONDS))
                .isBetween(
                        ofDays(30).minus(ofSeconds(10)).toMillis(), ofDays(30).toMillis());
        assertThat(fixture.redis.opsForZSet().score(fixture.indexOf(account), fixture.memberOf(opened)))
                .isEqualTo((double) opened.session().expiresAt().toEpochMilli());
    }

    @Test
    void tellsHowManyOtherSessionsWereOpen() {
        var account = someAccount();
        fixture.open(account);
        fixture.clock.advance(ofDays(6));
        fixture.open(account);
        fixture.clock.advance(ofDays(2));
        fixture.open(account);

        // The first one ended after seven idle days, and does not count for the third.
        assertThat(fixture.eventsOf(account))
                .extracting(event -> ((SessionOpened) event).otherSessions())
                .containsExactly(0, 1, 1);
        assertThat(fixture.redis.opsForZSet().size(fixture.indexOf(account))).isEqualTo(2);
    }

    @Test
    void theEventSaysWhatTheSessionIs() {
        var account = new VerifiedCredentials(UUID.randomUUID(), "tr", Set.of(), 0);
        var agent = UserAgent.of("Fırefox \"140\" \\ / 😀");
        var opened = fixture.sessions
                .open(ACME, account, SessionsFixture.opening(agent))
                .block();

        assertThat(opened).isNotNull();
        var session = opened.session();
        assertThat(fixture.eventsOf(account))
                .containsExactly(new SessionOpened(
                        "acme",
                        account.accountId(),
                        session.id(),
                        session.device().id(),
                        true,
                        agent.value(),
                        0,
                        "tr",
                        session.createdAt()));
    }

    @Test
    void aCommandThatArrivesTwiceOpensOnce() {
        var account = someAccount();
        var opened = fixture.open(account);

        // A client does this if its connection broke before the response.
        fixture.sessions
                .write(opened.session(), opened.token(), "{\"data\":\"{}\"}")
                .block();

        assertThat(fixture.eventsOf(account)).hasSize(1);
        assertThat(fixture.listed(account)).hasSize(1);
    }

    @Test
    void aBrokenEventOpensNothing() {
        var account = someAccount();
        var opened = fixture.open(account);
        fixture.redis.delete(fixture.keyOf(opened));
        fixture.redis.delete(fixture.indexOf(account));

        assertThatThrownBy(() -> fixture.sessions
                        .write(opened.session(), opened.token(), "not json")
                        .block())
                .isInstanceOf(DataAccessException.class);

        assertThat(fixture.redis.hasKey(fixture.keyOf(opened))).isFalse();
        assertThat(fixture.redis.hasKey(fixture.indexOf(account))).isFalse();
    }

    @Test
    void aLoginBeyondTheMostEndsTheOneThatIsOpenForLongest() {
        try (var few = new SessionsFixture(SessionsFixture.limits(3))) {
            var account = someAccount();
            var first = few.open(account);
            few.clock.advance(ofDays(1));
            var second = few.open(account);
            // In use or not: the time of the login decides.
            few.clock.advance(ofDays(1));
            few.sessions.touch(first.token()).block();
            var third = few.open(account);

            var fourth = few.open(account);

            assertThat(few.sessions.touch(first.token()).block()).isNull();
            assertThat(few.listed(account))
                    .containsExactlyInAnyOrder(second.session(), third.session(), fourth.session());
            assertThat(few.eventsOf(account).get(3))
                    .isEqualTo(new SessionRevoked(
                            "acme", account.accountId(), first.session().id(), few.clock.instant()));
            assertThat(((SessionOpened) few.eventsOf(account).getLast()).otherSessions())
                    .isEqualTo(2);
        }
    }

    @Test
    void manyLoginsAtOnceAreNeverMoreThanTheMost() {
        try (var few = new SessionsFixture(SessionsFixture.limits(3))) {
            var account = someAccount();

            Flux.range(0, 20)
                    .flatMap(_ -> few.sessions.open(ACME, account, SessionsFixture.opening()), 20)
                    .blockLast();

            assertThat(few.listed(account)).hasSize(3);
            assertThat(few.eventsOf(account))
                    .filteredOn(SessionRevoked.class::isInstance)
                    .extracting(event -> ((SessionRevoked) event).sessionId())
                    .doesNotHaveDuplicates()
                    .hasSize(17);
        }
    }

    @Test
    void sessionsThatOnlyTheIndexHasDoNotCountAgainstTheLimit() {
        try (var few = new SessionsFixture(SessionsFixture.limits(2))) {
            var account = someAccount();
            var evicted = few.open(account);
            var second = few.open(account);
            few.redis.delete(few.keyOf(evicted));

            var third = few.open(account);

            assertThat(few.listed(account)).containsExactlyInAnyOrder(second.session(), third.session());
            assertThat(few.eventsOf(account))
                    .filteredOn(SessionRevoked.class::isInstance)
                    .isEmpty();
        }
    }
}
