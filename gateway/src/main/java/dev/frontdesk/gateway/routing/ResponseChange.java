package dev.frontdesk.gateway.routing;

import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerResponse;

/** What happens to the head of a server's response before the client gets it. */
public interface ResponseChange {

    ResponseChange NONE = (_, _, _) -> {};

    /**
     * @param received as the server sent it
     * @param sent has the status and the headers that pass
     */
    void apply(ServerWebExchange exchange, HttpClientResponse received, HttpServerResponse sent);

    /** The response broke off before anything of it was sent: another one is sent in its place. */
    default void undo(ServerWebExchange exchange, HttpServerResponse sent) {}

    /** The response, if it is passed on while it arrives and is no event stream. */
    default Mono<Void> streamed(ServerWebExchange exchange, Mono<Void> response) {
        return response;
    }

    /** Completes when a response that goes on must end, because its caller may no longer call, or because it has lasted long enough. */
    default Mono<Void> streamEnds(ServerWebExchange exchange) {
        return Mono.never();
    }
}
