package dev.frontdesk.registration.profilecache;

import dev.frontdesk.contracts.events.AccountEvent;
import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AccountDisabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountEnabled;
import dev.frontdesk.contracts.events.AccountEvent.AddressChanged;
import dev.frontdesk.contracts.events.AccountEvent.ProfileChanged;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.kit.events.ReceivedEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Consumes account events to invalidate cached profiles reliably: even if Redis was down at the time of the change, or
 * the process died before it could do so.
 */
@Configuration(proxyBeanMethods = false)
class ProfileInvalidation {

    private static final String GROUP = "registration-profile-cache";

    private final RedisProfiles copies;

    ProfileInvalidation(RedisProfiles copies) {
        this.copies = copies;
    }

    @Bean
    EventSubscription profileChanges() {
        return EventSubscription.shared(GROUP, List.of(Topics.ACCOUNT_EVENTS), this::take);
    }

    private Mono<Void> take(ReceivedEvent received) {
        return switch (received.event()) {
            case ProfileChanged event -> outdate(event, event.accountId(), event.changedAt());
            case AddressChanged event -> outdate(event, event.accountId(), event.changedAt());
            case AccountDisabled event -> outdate(event, event.accountId(), event.disabledAt());
            case AccountEnabled event -> outdate(event, event.accountId(), event.enabledAt());
            case AccountDeleted event -> outdate(event, event.accountId(), event.deletedAt());
            default -> Mono.empty();
        };
    }

    private Mono<Void> outdate(AccountEvent event, UUID accountId, Instant at) {
        return copies.outdateOrFail(new TenantId(event.tenant()), accountId, at);
    }
}
