package dev.frontdesk.notification.realtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.contracts.events.TenantEvent.TenantDeleted;
import dev.frontdesk.contracts.events.TenantEvent.TenantResumed;
import dev.frontdesk.contracts.events.TenantEvent.TenantSuspended;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.notification.tenants.TenantStates;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Closes the sockets of a suspended or deleted tenant on every instance, and opens no others. */
@Configuration(proxyBeanMethods = false)
class ClosedTenants {

    /** Much longer than it takes until the table of the tenants has the same event. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private static final int MOST = 10_000;

    private final Sockets sockets;
    private final TenantStates states;
    private final Cache<TenantId, Long> recent =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(MEMORY).build();

    ClosedTenants(Sockets sockets, TenantStates states) {
        this.sockets = sockets;
        this.states = states;
    }

    @Bean
    EventSubscription socketsOfTenants() {
        return EventSubscription.broadcast(
                "notification-tenant-sockets",
                List.of(Topics.TENANT_EVENTS),
                received -> Mono.fromRunnable(() -> hear(received.event())));
    }

    /** Call this after the socket was added, so that a suspension at the same moment closes it here or there. */
    Mono<Boolean> contains(TenantId tenant) {
        return recent.getIfPresent(tenant) != null
                ? Mono.just(true)
                : states.isActive(tenant).map(active -> !active);
    }

    private void hear(Event event) {
        switch (event) {
            case TenantSuspended it -> close(new TenantId(it.tenant()), it.version());
            case TenantDeleted it -> close(new TenantId(it.tenant()), it.version());
            case TenantResumed it -> open(new TenantId(it.tenant()), it.version());
            default -> {}
        }
    }

    private void close(TenantId tenant, long version) {
        recent.asMap().merge(tenant, version, Math::max);
        sockets.close(tenant, CloseReason.TENANT_CLOSED);
    }

    private void open(TenantId tenant, long version) {
        recent.asMap().computeIfPresent(tenant, (_, closed) -> closed > version ? closed : null);
    }
}
