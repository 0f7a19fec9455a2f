package dev.frontdesk.gateway.websocket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Mono;

/** Carries frames between two open sockets, pings and pongs too, until one of them ends; then ends the other alike. */
final class Relay {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private final WebSocketSession client;
    private final WebSocketSession service;

    Relay(WebSocketSession client, WebSocketSession service) {
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
                        carry(client, service, CloseStatus.GOING_AWAY),
                        carry(service, client, CloseStatus.SERVICE_RESTARTED),
                        shutdown.then(Mono.defer(() -> close(CloseStatus.SERVICE_RESTARTED))))
                .onErrorResume(error -> {
                    log.debug("A relayed socket ended: {}", error.toString());
                    return close(CloseStatus.SERVER_ERROR);
                });
    }

    private static Mono<Void> carry(WebSocketSession from, WebSocketSession to, CloseStatus ifSilent) {
        Mono<CloseStatus> ended = from.closeStatus()
                .map(status -> CloseCodes.passedOn(status, ifSilent))
                .defaultIfEmpty(ifSilent);
        return to.send(from.receive().doOnNext(WebSocketMessage::retain)).then(ended.flatMap(to::close));
    }

    private Mono<Void> close(CloseStatus status) {
        return Mono.whenDelayError(client.close(status), service.close(CloseStatus.GOING_AWAY))
                .onErrorComplete();
    }
}
