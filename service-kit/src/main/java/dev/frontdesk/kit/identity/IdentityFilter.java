package dev.frontdesk.kit.identity;

import dev.frontdesk.kit.web.ProblemException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Identifies the caller of every request; refuses requests without a valid assertion. */
final class IdentityFilter implements WebFilter, Ordered {

    private static final String API_DOCUMENT = "/v3/api-docs";

    private final Admission admission;

    IdentityFilter(Admission admission) {
        this.admission = admission;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        if (path.equals(API_DOCUMENT) || isOnTheManagementPort(exchange)) {
            return chain.filter(exchange);
        }
        try {
            admission.identify(exchange);
        } catch (ProblemException refused) {
            return Mono.error(refused);
        }
        return chain.filter(exchange).contextWrite(context -> Admission.origin(exchange, context));
    }

    /** Probes have no caller. The port is never published, but its server inherits the filters of this one. */
    private static boolean isOnTheManagementPort(ServerWebExchange exchange) {
        return WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management");
    }
}
