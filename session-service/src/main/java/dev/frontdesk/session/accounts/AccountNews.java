package dev.frontdesk.session.accounts;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AccountDisabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountRolesChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordReset;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.session.sessions.Revocations;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Ends the sessions of an account that is closed, and those that were opened with a password or with rights that no longer
 * count. An event may come late (Kafka was away) or twice: a session opened with what counts now goes on.
 */
@Configuration(proxyBeanMethods = false)
class AccountNews {

    private static final String GROUP = "session-service";

    private final Revocations revocations;

    AccountNews(Revocations revocations) {
        this.revocations = revocations;
    }

    @Bean
    EventSubscription accountNewsSubscription() {
        return EventSubscription.shared(GROUP, List.of(Topics.ACCOUNT_EVENTS), this::hear);
    }

    private Mono<Void> hear(ReceivedEvent received) {
        return switch (received.event()) {
            case PasswordChanged it ->
                outdated(it.credentialsVersion(), it.tenant(), it.accountId(), it.keptSessionId());
            case PasswordReset it -> outdated(it.credentialsVersion(), it.tenant(), it.accountId(), null);
            case AccountRolesChanged it -> outdated(it.credentialsVersion(), it.tenant(), it.accountId(), null);
            case AccountDisabled it -> outdated(it.credentialsVersion(), it.tenant(), it.accountId(), null);
            case AccountDeleted it ->
                revocations
                        .revokeForGood(new TenantId(it.tenant()), it.accountId())
                        .then();
            default -> Mono.empty();
        };
    }

    private Mono<Void> outdated(long credentialsVersion, String tenant, UUID accountId, @Nullable UUID kept) {
        return revocations
                .revokeOpenedBefore(credentialsVersion, new TenantId(tenant), accountId, kept)
                .then();
    }
}
