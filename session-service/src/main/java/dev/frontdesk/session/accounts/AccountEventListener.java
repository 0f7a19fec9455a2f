package dev.frontdesk.session.accounts;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AccountDisabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountRolesChanged;
import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.events.AccountEvent.AddressChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordReset;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.session.sessions.Revocations;
import dev.frontdesk.session.throttle.LoginName;
import dev.frontdesk.session.throttle.LoginNameHistory;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Ends the sessions of a closed account, and sessions that were opened with a password or roles that are no longer
 * valid. Resets the failed logins of a name when its owner has proved their identity, and forgets a name that an
 * account no longer has. Events may arrive late (Kafka was down) or twice: sessions opened with the current
 * credentials, and failures and devices recorded after the change, are not affected.
 */
@Configuration(proxyBeanMethods = false)
class AccountEventListener {

    private static final String GROUP = "session-service";

    private final Revocations revocations;
    private final LoginNameHistory names;

    AccountEventListener(Revocations revocations, LoginNameHistory names) {
        this.revocations = revocations;
        this.names = names;
    }

    @Bean
    EventSubscription accountNewsSubscription() {
        return EventSubscription.shared(GROUP, List.of(Topics.ACCOUNT_EVENTS), this::hear);
    }

    private Mono<Void> hear(ReceivedEvent received) {
        return switch (received.event()) {
            case PasswordChanged it ->
                outdated(it.credentialsVersion(), it.tenant(), it.accountId(), it.keptSessionId())
                        .then(proved(it.tenant(), it.email(), it.changedAt()));
            case PasswordReset it ->
                outdated(it.credentialsVersion(), it.tenant(), it.accountId(), null)
                        .then(proved(it.tenant(), it.email(), it.resetAt()));
            case AccountVerified it -> gone(it.tenant(), it.email(), it.verifiedAt());
            case AddressChanged it ->
                gone(it.tenant(), it.oldEmail(), it.changedAt()).then(gone(it.tenant(), it.email(), it.changedAt()));
            case AccountRolesChanged it -> outdated(it.credentialsVersion(), it.tenant(), it.accountId(), null);
            case AccountDisabled it -> outdated(it.credentialsVersion(), it.tenant(), it.accountId(), null);
            case AccountDeleted it ->
                revocations
                        .revokeForGood(new TenantId(it.tenant()), it.accountId())
                        .then(gone(it.tenant(), it.email(), it.deletedAt()));
            default -> Mono.empty();
        };
    }

    private Mono<Void> proved(String tenant, String email, Instant at) {
        return names.restart(new TenantId(tenant), LoginName.of(email), at);
    }

    /** Forgets the name: the account that had it is gone or has another name. */
    private Mono<Void> gone(String tenant, String email, Instant at) {
        return names.forget(new TenantId(tenant), LoginName.of(email), at);
    }

    private Mono<Void> outdated(long credentialsVersion, String tenant, UUID accountId, @Nullable UUID kept) {
        return revocations
                .revokeOpenedBefore(credentialsVersion, new TenantId(tenant), accountId, kept)
                .then();
    }
}
