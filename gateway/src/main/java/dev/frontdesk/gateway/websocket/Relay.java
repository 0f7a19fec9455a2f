package dev.frontdesk.gateway.websocket;

import dev.frontdesk.kit.lifecycle.SocketDrain;
import java.time.Duration;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Forwards frames, including pings and pongs, between the two sides of a socket until one side ends; then closes the
 * other side in the same way.
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
     * Runs independently of the returned Mono: each side cancels the Mono that it waits for when it ends, and the other
     * side would not learn the reason.
     *
     * @param shutdown completes when the gateway shuts down
     * @param ended completes when both sides have ended, and never with an error: an open socket has no response that
     *     could report the error, and it would be logged with the URL and the ticket
     */
    Mono<Void> start(Mono<Void> shutdown, Sinks.Empty<Void> ended) {
        Mono.when(client.carryTo(service), service.carryTo(client))
                .takeUntilOther(shutdown)
                // Has no effect on a side that is already closed.
                .then(Mono.when(client.close(farewell.status()), service.close(CloseStatus.GOING_AWAY))
                        // A peer that reads nothing would delay the gateway's shutdown.
                        .take(CLOSE_WITHIN))
                .onErrorComplete()
                .subscribe(null, null, ended::tryEmitEmpty);
        return ended.asMono();
    }
}
