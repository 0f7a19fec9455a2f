package dev.frontdesk.kit.web;

import dev.frontdesk.contracts.health.ServiceHealth;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Logs one line per request when its response begins: method, route, status, milliseconds and, through the log pattern,
 * the trace. Logs no path, query, header or body, so no secrets. Skips probes and the gateway's health requests.
 */
final class RequestLog implements WebFilter, Ordered {

    private static final Logger log = LoggerFactory.getLogger(RequestLog.class);

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (log.isInfoEnabled()
                && !exchange.getRequest().getPath().value().equals(ServiceHealth.PATH)
                && !WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management")) {
            long start = System.nanoTime();
            exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> write(exchange, start)));
        }
        return chain.filter(exchange);
    }

    private static void write(ServerWebExchange exchange, long start) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        log.info(
                "{} {} {} {} ms",
                exchange.getRequest().getMethod(),
                Routes.of(exchange),
                status == null ? 200 : status.value(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
}
