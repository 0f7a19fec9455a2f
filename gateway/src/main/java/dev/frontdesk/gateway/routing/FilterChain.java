package dev.frontdesk.gateway.routing;

import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The filters of one route, made once; each filter is called when the one before it calls the rest of the chain. */
final class FilterChain implements GatewayFilterChain {

    private final GatewayFilter filter;
    private final GatewayFilterChain rest;

    private FilterChain(GatewayFilter filter, GatewayFilterChain rest) {
        this.filter = filter;
        this.rest = rest;
    }

    static GatewayFilterChain of(List<GatewayFilter> filters, GatewayFilterChain last) {
        GatewayFilterChain chain = last;
        for (GatewayFilter filter : filters.reversed()) {
            chain = new FilterChain(filter, chain);
        }
        return chain;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange) {
        return filter.filter(exchange, rest);
    }
}
