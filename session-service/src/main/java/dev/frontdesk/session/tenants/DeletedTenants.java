package dev.frontdesk.session.tenants;

import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.contracts.events.TenantEvent.TenantDeleted;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.session.sessions.Revocations;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Ends the sessions of a deleted tenant. Those of a suspended one stay: gateways refuse its calls, and it may be
 * resumed.
 */
@Configuration(proxyBeanMethods = false)
class DeletedTenants {

    private static final String GROUP = "session-tenants";

    private final Revocations revocations;

    DeletedTenants(Revocations revocations) {
        this.revocations = revocations;
    }

    @Bean
    EventSubscription deletedTenantsSubscription() {
        return EventSubscription.shared(GROUP, List.of(Topics.TENANT_EVENTS), received -> hear(received.event()));
    }

    private Mono<Void> hear(Event event) {
        return event instanceof TenantDeleted deleted
                ? revocations.revokeOfTenant(new TenantId(deleted.tenant())).then()
                : Mono.empty();
    }
}
