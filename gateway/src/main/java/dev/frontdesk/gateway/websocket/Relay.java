package dev.frontdesk.gateway.websocket;

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
    private final RelaySide server;

    Relay(RelaySide client, RelaySide server) {
        this.client = client;
        this.server = server;
    }

    /**
     * Runs independently of the returned Mono: each side cancels the Mono that it waits for when it ends, and the other
     * side would not learn the reason.
     *
     * @param closed emits the status with which the client's side is closed before either side ends
     * @param ended completes when both sides have ended, and never with an error: an open socket has no response that
     *     could report the error, and it would be logged with its URL
     */
    Mono<Void> start(Mono<CloseStatus> closed, Sinks.Empty<Void> ended) {
        Mono<CloseStatus> bothEnded =
                Mono.when(client.carryTo(server), server.carryTo(client)).thenReturn(CloseStatus.GOING_AWAY);
        Mono.firstWithValue(bothEnded, closed)
                // Has no effect on a side that is already closed.
                .flatMap(status -> Mono.when(client.close(status), server.close(CloseStatus.GOING_AWAY))
                        // A peer that reads nothing would delay the gateway's shutdown.
                        .take(CLOSE_WITHIN))
                .onErrorComplete()
                .subscribe(null, null, ended::tryEmitEmpty);
        return ended.asMono();
    }
}
