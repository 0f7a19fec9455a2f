package dev.frontdesk.notification.realtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.kit.events.EventSubscription;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.kit.identity.SessionSignal;
import dev.frontdesk.kit.identity.SessionSignals;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Closes the sockets of a revoked session on every instance, and remembers the session for long enough that none of its
 * tickets opens a socket. A revocation is received at once over Redis and again, durably, over Kafka; the second one
 * has no effect.
 */
@Configuration(proxyBeanMethods = false)
class RevokedSessions implements SessionSignals.Listener {

    private static final int MOST = 100_000;

    private final Sockets sockets;
    private final Cache<UUID, Boolean> recent;

    RevokedSessions(Sockets sockets, RealtimeProperties properties) {
        this.sockets = sockets;
        this.recent = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(properties.revokedMemory())
                .build();
    }

    @Bean
    EventSubscription revocations() {
        return EventSubscription.broadcast("notification-sockets", List.of(Topics.SESSION_EVENTS), this::take);
    }

    boolean contains(UUID sessionId) {
        return recent.getIfPresent(sessionId) != null;
    }

    @Override
    public void heard(SessionSignal signal) {
        switch (signal.kind()) {
            case REVOKED -> revoked(signal.sessionId());
            case ROTATED -> {}
        }
    }

    /** Nothing to do: a missed revocation is received over Kafka later. */
    @Override
    public void mayHaveMissed() {}

    private Mono<Void> take(ReceivedEvent received) {
        return Mono.fromRunnable(() -> {
            if (received.event() instanceof SessionRevoked event) {
                revoked(event.sessionId());
            }
        });
    }

    private void revoked(UUID sessionId) {
        // The order prevents a race: a new socket is added before its session is checked, so every socket of the
        // session is closed by one of the two.
        recent.put(sessionId, true);
        sockets.close(sessionId, CloseReason.UNAUTHENTICATED);
    }
}
