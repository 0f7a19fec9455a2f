package dev.frontdesk.gateway.websocket;

import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;

/**
 * Carries frames between the two sides of a socket, pings and pongs too, until one of them ends; then ends the other alike.
 */
final class Relay {

    private final Side client;
    private final Side service;

    Relay(Side client, Side service) {
        this.client = client;
        this.service = service;
    }

    /**
     * Never fails: an error of an open socket has no answer to go into, and would be logged with the URL and the ticket.
     *
     * @param shutdown ends when the gateway goes down
     */
    Mono<Void> run(Mono<Void> shutdown) {
        return Mono.firstWithSignal(
                Mono.when(client.carryTo(service), service.carryTo(client)),
                shutdown.then(
                        Mono.when(client.close(CloseStatus.SERVICE_RESTARTED), service.close(CloseStatus.GOING_AWAY))));
    }
}
