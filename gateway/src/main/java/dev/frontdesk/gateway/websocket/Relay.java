package dev.frontdesk.gateway.websocket;

import dev.frontdesk.kit.lifecycle.SocketDrain;
import java.time.Duration;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Carries frames between the two sides of a socket, pings and pongs too, until one of them ends; then ends the other alike.
 */
final class Relay {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final RelaySide client;
    private final RelaySide service;
    private final SocketDrain farewell;

    Relay(RelaySide client, RelaySide service, SocketDrain farewell) {
        this.client = client;
        this.service = service;
        this.farewell = farewell;
    }

    /**
     * Runs by itself: each side cancels what it waits for when it ends, and the other one would not hear why.
     *
     * @param shutdown ends when the gateway goes down
     * @param ended is told when both sides have ended, and never of an error: that of an open socket has no answer to go
     *     into, and would be logged with the URL and the ticket
     */
    Mono<Void> start(Mono<Void> shutdown, Sinks.Empty<Void> ended) {
        Mono.when(client.carryTo(service), service.carryTo(client))
                .takeUntilOther(shutdown)
                // Says nothing to a side that is closed already.
                .then(Mono.when(client.close(farewell.status()), service.close(CloseStatus.GOING_AWAY))
                        // Whoever reads nothing would keep the gateway from going.
                        .take(CLOSE_WITHIN))
                .onErrorComplete()
                .subscribe(null, null, ended::tryEmitEmpty);
        return ended.asMono();
    }
}
