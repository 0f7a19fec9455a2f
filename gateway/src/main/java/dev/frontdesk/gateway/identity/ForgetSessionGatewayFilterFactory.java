package dev.frontdesk.gateway.identity;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * {@code ForgetToken}: after a DELETE that succeeded, the token that came with it is asked for anew. Somebody who logged
 * out is thus refused here at once, without waiting for the event that tells the other gateways.
 */
final class ForgetTokenGatewayFilterFactory extends AbstractGatewayFilterFactory<Object> {

    private final CachedSessions sessions;

    ForgetTokenGatewayFilterFactory(CachedSessions sessions) {
        super(Object.class);
        this.sessions = sessions;
    }

    @Override
    public GatewayFilter apply(Object config) {
        return this::filter;
    }

    private Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (exchange.getRequest().getMethod().equals(HttpMethod.DELETE)
                && Identity.of(exchange) instanceof Identity.Known known
                && known.token() != null) {
            TokenHash token = known.token();
            exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> forgetAfter(exchange, token)));
        }
        return chain.filter(exchange);
    }

    private void forgetAfter(ServerWebExchange exchange, TokenHash token) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        if (status != null && status.is2xxSuccessful()) {
            sessions.forget(token);
        }
    }
}
