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
import dev.frontdesk.session.sessions.Sessions;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Ends the sessions of an account that is closed, and those that were opened with a password that no longer counts. An
 * event may come late (Kafka was away) or twice: a session opened with the new password goes on.
 */
@Configuration(proxyBeanMethods = false)
class AccountNews {

    private static final String GROUP = "session-service";

    private final Sessions sessions;

    AccountNews(Sessions sessions) {
        this.sessions = sessions;
    }

    @Bean
    EventSubscription accountNewsSubscription() {
        return EventSubscription.shared(GROUP, List.of(Topics.ACCOUNT_EVENTS), this::hear);
    }

    private Mono<Void> hear(ReceivedEvent received) {
        return switch (received.event()) {
            case PasswordChanged it ->
                sessions.revokeOpenedUntil(
                                it.changedAt(), new TenantId(it.tenant()), it.accountId(), it.keptSessionId())
                        .then();
            case PasswordReset it ->
                sessions.revokeOpenedUntil(it.resetAt(), new TenantId(it.tenant()), it.accountId(), null)
                        .then();
            case AccountRolesChanged it ->
                sessions.revokeAll(new TenantId(it.tenant()), it.accountId()).then();
            case AccountDisabled it ->
                sessions.revokeAll(new TenantId(it.tenant()), it.accountId()).then();
            case AccountDeleted it ->
                sessions.revokeAll(new TenantId(it.tenant()), it.accountId()).then();
            default -> Mono.empty();
        };
    }
}
