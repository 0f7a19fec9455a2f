package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionsFixture.ACME;
import static dev.frontdesk.session.sessions.SessionsFixture.someAccount;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.identity.TenantId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class RevokeAllSessionsIT {

    private final SessionsFixture fixture = new SessionsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void endsEverySessionOfTheAccountAndTellsOfEach() {
        var account = someAccount();
        var first = fixture.open(account);
        var second = fixture.open(account);
        var others = fixture.open(someAccount());

        assertThat(fixture.sessions.revokeAll(ACME, account.accountId()).block())
                .isEqualTo(2);

        assertThat(fixture.listed(account)).isEmpty();
        assertThat(fixture.sessions.touch(first.token()).block()).isNull();
        assertThat(fixture.sessions.touch(second.token()).block()).isNull();
        assertThat(fixture.sessions.touch(others.token()).block()).isEqualTo(others.session());
        assertThat(fixture.eventsOf(account))
                .filteredOn(SessionRevoked.class::isInstance)
                .containsExactlyInAnyOrder(
                        new SessionRevoked(
                                "acme", account.accountId(), first.session().id(), fixture.clock.instant()),
                        new SessionRevoked(
                                "acme", account.accountId(), second.session().id(), fixture.clock.instant()));
        assertThat(fixture.storedOf(account))
                .filteredOn(stored -> stored.type().endsWith("revoked.v1"))
                .extracting(stored -> stored.id())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void keepsTheOneThatIsToStay() {
        var account = someAccount();
        var kept = fixture.open(account);
        fixture.open(account);

        assertThat(fixture.sessions
                        .revokeOpenedUntil(
                                fixture.clock.instant(),
                                ACME,
                                account.accountId(),
                                kept.session().id())
                        .block())
                .isEqualTo(1);

        assertThat(fixture.listed(account)).containsExactly(kept.session());
    }

    @Test
    void keepsWhatWasOpenedLater() {
        var account = someAccount();
        fixture.open(account);
        var changedAt = fixture.clock.instant();
        fixture.clock.advance(Duration.ofSeconds(1));
        var later = fixture.open(account);

        assertThat(fixture.sessions
                        .revokeOpenedUntil(changedAt, ACME, account.accountId(), null)
                        .block())
                .isEqualTo(1);

        assertThat(fixture.listed(account)).containsExactly(later.session());
    }

    @Test
    void tellsOfEachOnceWhenManyAskAtOnce() {
        var account = someAccount();
        for (int i = 0; i < 5; i++) {
            fixture.open(account);
        }

        var ended = Flux.range(0, 20)
                .flatMap(_ -> fixture.sessions.revokeAll(ACME, account.accountId()), 20)
                .collectList()
                .block();

        assertThat(ended).hasSize(20).containsOnlyOnce(5L);
        assertThat(fixture.eventsOf(account))
                .filteredOn(SessionRevoked.class::isInstance)
                .hasSize(5);
    }

    @Test
    void reachesNoOtherTenant() {
        var account = someAccount();
        var opened = fixture.open(account);

        assertThat(fixture.sessions
                        .revokeAll(new TenantId("globex"), account.accountId())
                        .block())
                .isZero();

        assertThat(fixture.sessions.touch(opened.token()).block()).isEqualTo(opened.session());
    }
}
