package dev.frontdesk.notification.accounts;

import static dev.frontdesk.notification.EventSimulator.TENANT;
import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static dev.frontdesk.notification.EventSimulator.signedIn;
import static dev.frontdesk.notification.EventSimulator.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AccountDisabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountEnabled;
import dev.frontdesk.contracts.events.AccountEvent.AddressChanged;
import dev.frontdesk.contracts.events.AccountEvent.ProfileChanged;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;

@RunningService
class AccountsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final TenantId ACME = new TenantId(TENANT);

    @Autowired
    private EventSimulator world;

    @Autowired
    private Accounts accounts;

    private final UUID account = UUID.randomUUID();
    private final Instant now = Instant.now();

    @Test
    void learnsOfAnAccountAndWhatBecomesOfIt() {
        var born = verified(account, "tr");
        world.happens(born);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(found())
                        .isEqualTo(new Recipient(account, born.email(), "Ayşe", "tr", false, false)));

        var email = anyEmail();
        world.happens(new AddressChanged(TENANT, account, born.email(), email, "Ayşe", "tr", now.plusSeconds(1)));
        world.happens(new ProfileChanged(TENANT, account, "Ada", "en", now.plusSeconds(2)));
        world.happens(new AccountDisabled(TENANT, account, 1, now.plusSeconds(3)));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(found()).isEqualTo(new Recipient(account, email, "Ada", "en", true, false)));
        world.happens(new AccountEnabled(TENANT, account, now.plusSeconds(4)));
        world.happens(new AccountDeleted(TENANT, account, email, "Ada", "en", now.plusSeconds(5)));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(found()).isEqualTo(new Recipient(account, null, null, null, false, true)));
    }

    @Test
    void anOldFactThatComesAgainChangesNothing() {
        know("new@example.org", "tr", now);
        know("old@example.org", "en", now.minusSeconds(1));
        assertThat(found()).isEqualTo(new Recipient(account, "new@example.org", "Ayşe", "tr", false, false));

        forget();
        know("old@example.org", "en", now.plusSeconds(1));
        done(accounts.disable(ACME, account, true, now));
        assertThat(found()).isEqualTo(new Recipient(account, null, null, null, false, true));
        assertThat(isFirst(UUID.randomUUID(), now)).isFalse();
    }

    @Test
    void aFactWithoutAnAddressLeavesTheOneThatIsKnown() {
        done(accounts.know(ACME, account, new Profile(null, "Ayşe", "tr", null, now)));
        know("ada@example.org", "en", Profile.ONCE);

        assertThat(found()).isEqualTo(new Recipient(account, "ada@example.org", "Ayşe", "tr", false, false));
    }

    @Test
    void knowsTheFirstSessionDespiteDuplicates() {
        var first = UUID.randomUUID();
        assertThat(isFirst(first, now)).isTrue();
        assertThat(isFirst(UUID.randomUUID(), now.plusSeconds(1))).isFalse();
        assertThat(isFirst(first, now)).isTrue();
        // One that turns out to be older.
        assertThat(isFirst(UUID.randomUUID(), now.minusSeconds(1))).isTrue();
        assertThat(isFirst(first, now)).isFalse();
    }

    @Test
    void keepsTenantsApart() {
        know("ada@example.org", "en", now);

        assertThat(accounts.find(new TenantId("other"), account).blockOptional(SOON))
                .isEmpty();
        assertThat(accounts.isFirstSession(new TenantId("other"), account, UUID.randomUUID(), now)
                        .block(SOON))
                .isTrue();
        assertThat(found()).isNotNull();
    }

    @Test
    void hearsOfSessionsByItself() {
        var opened = signedIn(account, "en", 0);
        world.happens(opened);

        await().atMost(SOON).until(() -> found() != null);
        assertThat(isFirst(UUID.randomUUID(), opened.openedAt().plusSeconds(1))).isFalse();
    }

    private void know(String email, String locale, Instant asOf) {
        done(accounts.know(ACME, account, new Profile(email, "Ayşe", locale, asOf, asOf)));
    }

    private void forget() {
        done(accounts.forget(ACME, account, now));
    }

    private boolean isFirst(UUID session, Instant openedAt) {
        return Boolean.TRUE.equals(
                accounts.isFirstSession(ACME, account, session, openedAt).block(SOON));
    }

    private static void done(Mono<Void> step) {
        step.block(SOON);
    }

    private @Nullable Recipient found() {
        return accounts.find(ACME, account).block(SOON);
    }
}
