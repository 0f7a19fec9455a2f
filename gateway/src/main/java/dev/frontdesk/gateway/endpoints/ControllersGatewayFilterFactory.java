package dev.frontdesk.gateway.endpoints;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.kit.identity.Admission;
import dev.frontdesk.kit.identity.Callers;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * {@code Controllers}: lets a controller answer instead of forwarding the request. It is a filter of a route, so that the same
 * limits apply as for every other path. It calls the mapping of the controllers itself, because Spring's DispatcherHandler
 * would also ask Spring Cloud Gateway's mapping, which would find the same route again.
 */
final class ControllersGatewayFilterFactory extends AbstractGatewayFilterFactory<Object> {

    private final HandlerMapping mapping;
    private final HandlerAdapter adapter;
    private final List<HandlerResultHandler> results;
    private final ClientAddresses addresses;

    ControllersGatewayFilterFactory(
            HandlerMapping mapping,
            HandlerAdapter adapter,
            List<HandlerResultHandler> results,
            ClientAddresses addresses) {
        super(Object.class);
        this.mapping = mapping;
        this.adapter = adapter;
        this.results = results;
        this.addresses = addresses;
    }

    @Override
    public GatewayFilter apply(Object config) {
        return (exchange, _) -> handle(exchange);
    }

    private Mono<Void> handle(ServerWebExchange exchange) {
        if (Identity.of(exchange) instanceof Identity.Known known) {
            Callers.identified(
                    exchange,
                    known.caller(),
                    addresses.of(exchange.getRequest()).orElse(null));
        }
        return mapping.getHandler(exchange)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.NOT_FOUND, "Not found.")))
                .flatMap(handler -> adapter.handle(exchange, handler))
                .flatMap(result -> write(exchange, result))
                .contextWrite(context -> Admission.origin(exchange, context));
    }

    private Mono<Void> write(ServerWebExchange exchange, HandlerResult result) {
        for (HandlerResultHandler writer : results) {
            if (writer.supports(result)) {
                return writer.handleResult(exchange, result);
            }
        }
        return Mono.error(new IllegalStateException("Nothing writes the result of " + result.getHandler()));
    }
}
