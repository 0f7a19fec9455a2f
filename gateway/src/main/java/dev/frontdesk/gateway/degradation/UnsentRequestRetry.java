package dev.frontdesk.gateway.degradation;

import dev.frontdesk.kit.resilience.ConnectFailures;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Sends a request again that reached no instance of a service, for example one that has just stopped. Inside the circuit
 * breaker, which hears of the request as a whole; possible with any body, because it is here already.
 */
@Component
final class UnsentRequestRetry implements GlobalFilter, Ordered {

    /** As late as can be, and before all that may send a request. */
    private static final int BEFORE_ROUTING = NettyRoutingFilter.ORDER - 10;

    @Override
    public int getOrder() {
        return BEFORE_ROUTING;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange)
                .doOnError(ConnectFailures::isBehind, _ -> ServerWebExchangeUtils.reset(exchange))
                .retryWhen(ConnectFailures.again());
    }
}
