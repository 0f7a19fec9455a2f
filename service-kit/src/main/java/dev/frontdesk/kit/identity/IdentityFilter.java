package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.kit.identity.IdentityAssertions.Asserted;
import dev.frontdesk.kit.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses requests without a valid assertion, so that clients can't bypass the gateway. Only services may call
 * {@code /internal}, and services may call nothing else.
 */
final class IdentityFilter implements WebFilter, Ordered {

    private static final String ASSERTED = IdentityFilter.class.getName() + ".asserted";
    private static final String INTERNAL = "/internal/";
    private static final String API_DOCUMENT = "/v3/api-docs";

    private final IdentityAssertions assertions;

    IdentityFilter(IdentityAssertions assertions) {
        this.assertions = assertions;
    }

    static @Nullable Caller callerOf(ServerWebExchange exchange) {
        Asserted asserted = exchange.getAttribute(ASSERTED);
        return asserted == null ? null : asserted.caller();
    }

    static Origin originOf(ServerWebExchange exchange) {
        Asserted asserted = exchange.getAttribute(ASSERTED);
        return new Origin(
                asserted == null ? null : asserted.clientAddress(),
                exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT));
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
        String assertion = exchange.getRequest().getHeaders().getFirst(Headers.IDENTITY);
        Asserted asserted =
                assertion == null ? null : assertions.read(assertion).orElse(null);
        if (asserted == null || path.startsWith(INTERNAL) != asserted.caller() instanceof Caller.Service) {
            return Mono.error(ProblemException.unauthenticated());
        }
        exchange.getAttributes().put(ASSERTED, asserted);
        return chain.filter(exchange).contextWrite(new CallOrigin(asserted.caller(), originOf(exchange))::in);
    }

    /** Probes have no caller. The port is never published, but its server inherits the filters of this one. */
    private static boolean isOnTheManagementPort(ServerWebExchange exchange) {
        return WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management");
    }
}
