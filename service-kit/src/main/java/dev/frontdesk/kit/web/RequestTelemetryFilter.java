package dev.frontdesk.kit.web;

import dev.frontdesk.contracts.health.ServiceHealth;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Records every request, except probes and the gateway's health requests. */
final class RequestTelemetryFilter implements WebFilter, Ordered {

    private final RequestTelemetry telemetry;

    RequestTelemetryFilter(RequestTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getRequest().getPath().value().equals(ServiceHealth.PATH)
                || WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management")) {
            return chain.filter(exchange);
        }
        var request = telemetry.begin(exchange);
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(request::responseBegins));
        return chain.filter(exchange).doOnCancel(request::clientGone).contextWrite(request.trace()::writeTo);
    }
}
