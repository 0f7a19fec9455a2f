package dev.frontdesk.gateway.degradation;

import dev.frontdesk.gateway.pipeline.Step;
import dev.frontdesk.kit.connections.ClientDisconnects;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.web.Problems;
import dev.frontdesk.kit.web.RequestTelemetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers 503 with Retry-After when a service is down, however the outage shows. */
@Component
final class OutageFilter implements GlobalFilter, Ordered {

    private static final Logger log = LoggerFactory.getLogger(OutageFilter.class);

    @Override
    public int getOrder() {
        return Step.OUTAGE.order();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange)
                .onErrorMap(
                        error -> OutageSignals.isBehind(error)
                                && !exchange.getResponse().isCommitted()
                                && !ClientDisconnects.isGone(exchange.getResponse()),
                        error -> {
                            TraceLog.in(RequestTelemetry.traceOf(exchange), () -> report(exchange, error));
                            return Problems.unavailable();
                        });
    }

    private static void report(ServerWebExchange exchange, Throwable error) {
        Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        // An open circuit breaker is logged once, when it opens.
        log.atLevel(OutageSignals.isOpenBreaker(error) ? Level.DEBUG : Level.WARN)
                .log("{} is unavailable: {}", route == null ? "?" : route.getId(), error.toString());
    }
}
