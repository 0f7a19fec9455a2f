package dev.frontdesk.notification.tenants;

import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.contracts.events.TenantEvent;
import dev.frontdesk.contracts.events.TenantEvent.TenantChanged;
import dev.frontdesk.contracts.events.TenantEvent.TenantCreated;
import dev.frontdesk.contracts.events.TenantEvent.TenantDeleted;
import dev.frontdesk.contracts.events.TenantEvent.TenantResumed;
import dev.frontdesk.contracts.events.TenantEvent.TenantSuspended;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.kit.events.EventSubscription;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Stores which tenants are suspended or deleted. */
@Configuration(proxyBeanMethods = false)
class TenantEventListener {

    private static final String GROUP = "notification-tenants";

    private final TenantStates states;

    TenantEventListener(TenantStates states) {
        this.states = states;
    }

    @Bean
    EventSubscription tenantStateSubscription() {
        return EventSubscription.shared(GROUP, List.of(Topics.TENANT_EVENTS), received -> hear(received.event()));
    }

    private Mono<Void> hear(Event received) {
        return received instanceof TenantEvent event
                ? states.store(new TenantId(event.tenant()), statusAfter(event), event.version())
                : Mono.empty();
    }

    private static String statusAfter(TenantEvent event) {
        return switch (event) {
            case TenantCreated it -> it.details().status();
            case TenantChanged it -> it.details().status();
            case TenantSuspended it -> it.details().status();
            case TenantResumed it -> it.details().status();
            case TenantDeleted _ -> TenantRecord.DELETED;
        };
    }
}
