package dev.frontdesk.notification.realtime;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.lifecycle.ShutdownSignal;
import dev.frontdesk.kit.lifecycle.SocketDrain;
import dev.frontdesk.notification.notifications.Recipient;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The open sockets of this instance. When the service stops, it closes them, and the clients reconnect to another
 * instance.
 */
@Component
class Sockets {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * An index by session: a thousand sessions may be revoked at once, and searching all sockets for each would be
     * slow.
     */
    private final ConcurrentHashMap<UUID, Set<Socket>> bySession = new ConcurrentHashMap<>();

    /**
     * The number of sockets per account. It is limited because an account can open sockets as fast as it gets tickets,
     * and each costs memory.
     */
    private final ConcurrentHashMap<Recipient, Integer> byAccount = new ConcurrentHashMap<>();

    private final RealtimeProperties properties;
    private final SocketDrain farewell;
    private final ShutdownSignal shutdown;

    Sockets(RealtimeProperties properties, SocketDrain farewell, ShutdownSignal shutdown) {
        this.properties = properties;
        this.farewell = farewell;
        this.shutdown = shutdown;
        shutdown.beforeServerStops(this::closeAll);
    }

    /** Adds a socket. Closes it again if its account has too many, or if the service is stopping. */
    void add(Socket socket) {
        open.add(socket);
        bySession.compute(socket.sessionId(), (_, others) -> {
            Set<Socket> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(socket);
            return all;
        });
        if (byAccount.merge(socket.recipient(), 1, Integer::sum) > properties.socketsPerAccount()) {
            socket.end(CloseReason.TOO_MANY);
        }
        if (shutdown.isReceived()) {
            socket.end(farewell.status());
        }
    }

    void remove(Socket socket) {
        open.remove(socket);
        byAccount.computeIfPresent(socket.recipient(), (_, count) -> count == 1 ? null : count - 1);
        bySession.computeIfPresent(socket.sessionId(), (_, others) -> {
            others.remove(socket);
            return others.isEmpty() ? null : others;
        });
    }

    /** Closes the sockets of one session. */
    void close(UUID sessionId, CloseStatus status) {
        bySession.getOrDefault(sessionId, Set.of()).forEach(socket -> socket.end(status));
    }

    /** The tenants that have open sockets. */
    Set<TenantId> tenants() {
        return open.stream().map(socket -> socket.recipient().tenant()).collect(Collectors.toSet());
    }

    /** Closes the sockets of one tenant. Reads all sockets, because it is rare. */
    void close(TenantId tenant, CloseStatus status) {
        open.stream()
                .filter(socket -> socket.recipient().tenant().equals(tenant))
                .forEach(socket -> socket.end(status));
    }

    /**
     * Closes a socket at the end of its lifetime, with the same close code as at a shutdown. No event reports that a
     * session has expired. The client can only reconnect with a new ticket, and gets one only for a session that is
     * still open.
     */
    Mono<Void> ageing(Socket socket) {
        return Mono.defer(() -> Mono.delay(properties.lifeOfOne()))
                .doOnNext(_ -> socket.end(farewell.status()))
                .then(Mono.never());
    }

    int count() {
        return open.size();
    }

    /** The web server would wait for open sockets when it stops. */
    private Mono<Void> closeAll() {
        open.forEach(this::closeAtItsTurn);
        return Flux.interval(Duration.ZERO, LOOK_AGAIN)
                .onBackpressureDrop()
                .takeUntil(_ -> open.isEmpty())
                .take(farewell.longest().plus(properties.closeWithin().multipliedBy(2)))
                .then();
    }

    private void closeAtItsTurn(Socket socket) {
        farewell.turn().subscribe(null, null, () -> socket.end(farewell.status()));
    }
}
