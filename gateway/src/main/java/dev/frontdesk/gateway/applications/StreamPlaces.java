package dev.frontdesk.gateway.applications;

import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.gateway.streams.StreamBound;
import dev.frontdesk.gateway.streams.StreamPlace;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The places of requests among what a caller may have open: sockets and event streams, and long responses. */
final class StreamPlaces {

    private final StreamBound streams;
    private final StreamBound responses;
    private final ClientAddresses addresses;
    private final Duration countsAfter;

    StreamPlaces(StreamProperties properties, ClientAddresses addresses, MeterRegistry meters) {
        int most = properties.most();
        this.streams = new StreamBound(StreamBound.Kind.STREAMS, most, properties.perCaller(), meters);
        this.responses = new StreamBound(StreamBound.Kind.RESPONSES, most, properties.perCaller(), meters);
        this.addresses = addresses;
        this.countsAfter = properties.countsAfter();
    }

    /** For a request that may become a socket or an event stream. It is not taken yet. */
    StreamPlace ofStream(ServerWebExchange exchange) {
        return place(streams, exchange);
    }

    /**
     * Before the head of a response that may last.
     *
     * @throws dev.frontdesk.kit.web.ProblemException 429 or 503
     */
    void requireRoom(ServerWebExchange exchange) {
        place(responses, exchange).requireRoom();
    }

    /** The response, which counts once it has lasted for a while. It is not broken off then, even if there is no room. */
    Mono<Void> takenIfItLasts(ServerWebExchange exchange, Mono<Void> response) {
        return place(responses, exchange).takenAfter(countsAfter, response);
    }

    private StreamPlace place(StreamBound bound, ServerWebExchange exchange) {
        String range = addresses.rangeOf(exchange.getRequest());
        return bound.place(Identity.of(exchange) instanceof Identity.Known known ? known.caller() : null, range);
    }
}
