package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionsFixture.ACME;
import static dev.frontdesk.session.sessions.SessionsFixture.someAccount;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.identity.TenantId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class RevokeSessionIT {

    private final SessionsFixture fixture = new SessionsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void endsThisSessionAndNoOther() {
        var account = someAccount();
        var first = fixture.open(account);
        var second = fixture.open(account);

        assertThat(fixture.revoke(account, first.session().id())).isTrue();

        assertThat(fixture.sessions.touch(first.token()).block()).isNull();
        assertThat(fixture.sessions.touch(second.token()).block()).isEqualTo(second.session());
        assertThat(fixture.listed(account)).containsExactly(second.session());
        assertThat(fixture.redis.hasKey(fixture.keyOf(first))).isFalse();
    }

    @Test
    void tellsOfItOnce() {
        var account = someAccount();
        var session = fixture.open(account).session();

        assertThat(fixture.revoke(account, session.id())).isTrue();
        assertThat(fixture.revoke(account, session.id())).isFalse();

        assertThat(fixture.eventsOf(account))
                .filteredOn(SessionRevoked.class::isInstance)
                .containsExactly(
                        new SessionRevoked("acme", account.accountId(), session.id(), fixture.clock.instant()));
    }

    @Test
    void tellsOfItOnceWhenManyAskAtOnce() {
        var account = someAccount();
        var session = fixture.open(account).session();

        List<Boolean> answers = Flux.range(0, 50)
                .flatMap(_ -> fixture.revocations.revoke(ACME, account.accountId(), session.id()), 50)
                .collectList()
                .block();

        assertThat(answers).hasSize(50).containsOnlyOnce(true);
        assertThat(fixture.eventsOf(account))
                .filteredOn(SessionRevoked.class::isInstance)
                .hasSize(1);
    }

    @Test
    void tellsNothingOfASessionThatHadEnded() {
        var account = someAccount();
        var opened = fixture.open(account);
        fixture.redis.delete(fixture.keyOf(opened));

        assertThat(fixture.revoke(account, opened.session().id())).isFalse();

        assertThat(fixture.eventsOf(account))
                .filteredOn(SessionRevoked.class::isInstance)
                .isEmpty();
        assertThat(fixture.redis.hasKey(fixture.indexOf(account))).isFalse();
    }

    @Test
    void reachesNoSessionOfAnotherAccount() {
        var account = someAccount();
        var opened = fixture.open(account);
        var id = opened.session().id();

        assertThat(fixture.revoke(someAccount(), id)).isFalse();
        assertThat(fixture.revocations
                        .revoke(new TenantId("globex"), account.accountId(), id)
                        .block())
                .isFalse();
        assertThat(fixture.revoke(account, UUID.randomUUID())).isFalse();

        assertThat(fixture.sessions.touch(opened.token()).block()).isEqualTo(opened.session());
    }
}
