package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionsFixture.ACME;
import static dev.frontdesk.session.sessions.SessionsFixture.opening;
import static dev.frontdesk.session.sessions.SessionsFixture.someAccount;
import static dev.frontdesk.session.sessions.SessionsFixture.with;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.identity.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

        assertThat(revokeForGood(account)).isEqualTo(2);

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
    void theOthersEndAndTheOneThatAsksStays() {
        var account = someAccount();
        var kept = fixture.open(account);
        fixture.open(account);
        fixture.open(account);

        assertThat(fixture.revocations
                        .revokeOthers(ACME, account.accountId(), kept.session().id())
                        .block())
                .isEqualTo(2);

        assertThat(fixture.listed(account)).containsExactly(kept.session());
        // The credentials are still current.
        assertThat(fixture.open(account)).isNotNull();
    }

    @Test
    void endsWhatWasOpenedWithFormerCredentialsAndKeepsWhatWasNot() {
        var account = someAccount();
        fixture.open(with(3, account));
        var later = fixture.open(with(4, account));

        assertThat(revokeOpenedBefore(4, account, null)).isEqualTo(1);

        assertThat(fixture.listed(account)).containsExactly(later.session());
    }

    @Test
    void theOneThatStaysCountsAsOpenedWithTheNewCredentials() {
        var account = someAccount();
        var kept = fixture.open(with(3, account));
        fixture.open(with(3, account));
        var keptId = kept.session().id();

        assertThat(revokeOpenedBefore(4, account, keptId)).isEqualTo(1);
        // The same event again, and older events that arrive late.
        assertThat(revokeOpenedBefore(4, account, null)).isZero();
        assertThat(revokeOpenedBefore(2, account, null)).isZero();
        assertThat(fixture.listed(account)).extracting(Session::id).containsExactly(keptId);

        assertThat(revokeOpenedBefore(5, account, null)).isEqualTo(1);
        assertThat(fixture.listed(account)).isEmpty();
    }

    @Test
    void aLoginThatWasOnItsWayWithFormerCredentialsOpensNothing() {
        var account = someAccount();
        revokeOpenedBefore(4, account, null);
        // Late events do not allow the login again.
        revokeOpenedBefore(3, account, null);

        assertThatExceptionOfType(StaleCredentials.class).isThrownBy(() -> fixture.open(with(3, account)));

        assertThat(fixture.listed(account)).isEmpty();
        assertThat(fixture.eventsOf(account)).isEmpty();
        assertThat(fixture.open(with(4, account))).isNotNull();
        assertThat(fixture.redis.getExpire(fixture.keys.credentialsOf(ACME, account.accountId()), MINUTES))
                .isBetween(55L, 60L);
    }

    @Test
    void anAccountThatIsGoneStaysGone() {
        var account = someAccount();
        revokeForGood(account);
        revokeOpenedBefore(5, account, null);

        assertThatExceptionOfType(StaleCredentials.class).isThrownBy(() -> fixture.open(with(9, account)));
    }

    @Test
    void noLoginWithFormerCredentialsSurvivesWhicheverIsFirst() {
        var account = someAccount();

        // Some before it, some after it.
        Flux.range(0, 40)
                .flatMap(
                        i -> i == 20
                                ? fixture.revocations
                                        .revokeOpenedBefore(4, ACME, account.accountId(), null)
                                        .then()
                                : fixture.sessions
                                        .open(ACME, with(3, account), opening())
                                        .onErrorResume(StaleCredentials.class, _ -> Mono.empty())
                                        .then(),
                        40)
                .blockLast();

        assertThat(fixture.listed(account)).isEmpty();
    }

    @Test
    void tellsOfEachOnceWhenManyAskAtOnce() {
        var account = someAccount();
        for (int i = 0; i < 5; i++) {
            fixture.open(account);
        }

        var ended = Flux.range(0, 20)
                .flatMap(_ -> fixture.revocations.revokeForGood(ACME, account.accountId()), 20)
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

        assertThat(fixture.revocations
                        .revokeForGood(new TenantId("globex"), account.accountId())
                        .block())
                .isZero();

        assertThat(fixture.sessions.touch(opened.token()).block()).isEqualTo(opened.session());
        assertThat(fixture.open(account)).isNotNull();
    }

    private long revokeForGood(VerifiedCredentials account) {
        return fixture.revocations
                .revokeForGood(ACME, account.accountId())
                .blockOptional()
                .orElseThrow();
    }

    private long revokeOpenedBefore(long version, VerifiedCredentials account, @Nullable UUID kept) {
        return fixture.revocations
                .revokeOpenedBefore(version, ACME, account.accountId(), kept)
                .blockOptional()
                .orElseThrow();
    }
}
