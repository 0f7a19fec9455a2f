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
 * Retries a request that reached no instance of a service, for example because the instance has just stopped. Runs
 * inside the circuit breaker, which counts the request and its retries as one call. Any body can be sent again, because
 * it has already been read.
 */
@Component
final class UnsentRequestRetry implements GlobalFilter, Ordered {

    /** As late as possible, but before every filter that may send the request. */
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
