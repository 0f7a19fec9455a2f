package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.identity.Caller;
import java.util.UUID;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * {@code ForgetSession}: after a successful DELETE or refresh, the session of the caller is looked up again. A client
 * that logged out is therefore refused here at once, without waiting for the message to all gateways.
 */
final class ForgetSessionGatewayFilterFactory extends AbstractGatewayFilterFactory<Object> {

    private final CachedSessions sessions;

    ForgetSessionGatewayFilterFactory(CachedSessions sessions) {
        super(Object.class);
        this.sessions = sessions;
    }

    @Override
    public GatewayFilter apply(Object config) {
        return this::filter;
    }

    private Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (changesSessions(exchange.getRequest())
                && Identity.of(exchange) instanceof Identity.Known known
                && known.caller() instanceof Caller.Account account) {
            exchange.getResponse()
                    .beforeCommit(() -> Mono.fromRunnable(() -> forgetAfter(exchange, account.sessionId())));
        }
        return chain.filter(exchange);
    }

    private static boolean changesSessions(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.DELETE) || SessionCalls.isRefresh(request);
    }

    private void forgetAfter(ServerWebExchange exchange, UUID sessionId) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        if (status != null && status.is2xxSuccessful()) {
            sessions.forget(sessionId);
        }
    }
}
