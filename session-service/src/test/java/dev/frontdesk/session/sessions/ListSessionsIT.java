package dev.frontdesk.session.sessions;

import static dev.frontdesk.session.sessions.SessionsFixture.someAccount;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListSessionsIT {

    private final SessionsFixture fixture = new SessionsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void answersWithEveryOpenSessionOfTheAccount() {
        var account = someAccount();
        var first = fixture.open(account);
        fixture.clock.advance(ofHours(1));
        var second = fixture.open(account);
        fixture.open(someAccount());

        assertThat(fixture.listed(account)).containsExactly(first.session(), second.session());
    }

    @Test
    void answersWithNothingForAnAccountWithoutSessions() {
        assertThat(fixture.listed(someAccount())).isEmpty();
    }

    @Test
    void theSameAccountIdInAnotherTenantSeesNothing() {
        var account = someAccount();
        fixture.open(account);

        assertThat(fixture.sessions
                        .of(new TenantId("globex"), account.accountId())
                        .block())
                .isEmpty();
    }

    @Test
    void forgetsWhatHasExpired() {
        var account = someAccount();
        fixture.open(account);
        fixture.clock.advance(ofDays(3));
        var second = fixture.open(account);

        fixture.clock.advance(ofDays(4));

        assertThat(fixture.listed(account)).containsExactly(second.session());
        assertThat(fixture.redis.opsForZSet().range(fixture.indexOf(account), 0, -1))
                .containsExactly(fixture.memberOf(second));
    }

    @Test
    void forgetsWhatOnlyTheIndexStillKnows() {
        var account = someAccount();
        var evicted = fixture.open(account);
        var second = fixture.open(account);
        fixture.redis.delete(fixture.keyOf(evicted));

        assertThat(fixture.listed(account)).containsExactly(second.session());
        assertThat(fixture.redis.opsForZSet().range(fixture.indexOf(account), 0, -1))
                .containsExactly(fixture.memberOf(second));
    }
}
