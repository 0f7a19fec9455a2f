package dev.frontdesk.notification.accounts;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AccountDisabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountEnabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.events.AccountEvent.AddressAlreadyRegistered;
import dev.frontdesk.contracts.events.AccountEvent.AddressChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordReset;
import dev.frontdesk.contracts.events.AccountEvent.PasswordResetRequested;
import dev.frontdesk.contracts.events.AccountEvent.ProfileChanged;
import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.contracts.events.SessionEvent.SessionOpened;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventSubscription;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Updates the directory of accounts. It has its own consumer group, which starts at the oldest event in Kafka, so that
 * accounts that were created before this service first ran are known too.
 */
@Configuration(proxyBeanMethods = false)
class AccountEventListener {

    private static final String GROUP = "notification-accounts";

    private final Accounts accounts;

    AccountEventListener(Accounts accounts) {
        this.accounts = accounts;
    }

    @Bean
    EventSubscription accountDirectory() {
        return EventSubscription.shared(
                GROUP, List.of(Topics.ACCOUNT_EVENTS, Topics.SESSION_EVENTS), received -> hear(received.event()));
    }

    private Mono<Void> hear(Event event) {
        var tenant = new TenantId(event.tenant());
        return switch (event) {
            case AccountVerified it ->
                accounts.know(
                        tenant,
                        it.accountId(),
                        new Profile(it.email(), it.firstName(), it.locale(), it.verifiedAt(), it.verifiedAt()));
            case AddressChanged it ->
                know(tenant, it.accountId(), it.email(), it.firstName(), it.locale(), it.changedAt());
            case ProfileChanged it -> know(tenant, it.accountId(), null, it.firstName(), it.locale(), it.changedAt());
            case PasswordChanged it ->
                know(tenant, it.accountId(), it.email(), it.firstName(), it.locale(), it.changedAt());
            case PasswordReset it ->
                know(tenant, it.accountId(), it.email(), it.firstName(), it.locale(), it.resetAt());
            case PasswordResetRequested it ->
                know(tenant, it.accountId(), it.email(), it.firstName(), it.locale(), Profile.ONCE);
            case AddressAlreadyRegistered it ->
                know(tenant, it.accountId(), it.email(), it.firstName(), it.locale(), Profile.ONCE);
            case AccountDisabled it -> accounts.disable(tenant, it.accountId(), true, it.disabledAt());
            case AccountEnabled it -> accounts.disable(tenant, it.accountId(), false, it.enabledAt());
            case AccountDeleted it -> accounts.forget(tenant, it.accountId(), it.deletedAt());
            case SessionOpened it ->
                accounts.isFirstSession(tenant, it.accountId(), it.sessionId(), it.openedAt())
                        .then();
            default -> Mono.empty();
        };
    }

    private Mono<Void> know(
            TenantId tenant,
            UUID account,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String locale,
            Instant asOf) {
        return accounts.know(tenant, account, new Profile(email, firstName, locale, null, asOf));
    }
}
