package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.pipeline.Step;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.tracing.TraceContext;
import dev.frontdesk.kit.web.RequestTelemetry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Refuses callers that could not be identified, and replaces credentials with a signed assertion of the caller and its
 * address.
 */
final class AssertionIssuingFilter implements GlobalFilter, Ordered {

    private static final List<String> CREDENTIALS =
            List.of(HttpHeaders.AUTHORIZATION, Headers.API_KEY, Headers.TENANT, HttpHeaders.COOKIE, Headers.CSRF_TOKEN);

    private final IdentityAssertions assertions;
    private final ClientAddresses addresses;
    private final SessionCalls sessionCalls;

    AssertionIssuingFilter(IdentityAssertions assertions, ClientAddresses addresses, SessionCalls sessionCalls) {
        this.assertions = assertions;
        this.addresses = addresses;
        this.sessionCalls = sessionCalls;
    }

    @Override
    public int getOrder() {
        return Step.ASSERTION.order();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return switch (Identity.of(exchange)) {
            case Identity.Refused refused -> Mono.error(refused.problem());
            case Identity.Known known ->
                chain.filter(exchange.mutate()
                        .request(request -> request.headers(headers -> {
                            replace(headers, exchange.getRequest(), known);
                            passTraceOn(headers, RequestTelemetry.traceOf(exchange));
                        }))
                        .build());
        };
    }

    /** Removes all cookies: beside ours they may belong to other applications on this host. */
    private void replace(HttpHeaders headers, ServerHttpRequest request, Identity.Known known) {
        @Nullable String address = addresses.of(request).orElse(null);
        CREDENTIALS.forEach(headers::remove);
        headers.set(Headers.IDENTITY, assertions.sign(known.caller(), address));
        sessionCalls.complete(headers, request, known);
    }

    private static void passTraceOn(HttpHeaders headers, @Nullable TraceContext trace) {
        if (trace != null) {
            headers.set(TraceContext.TRACEPARENT, trace.traceparent());
        }
    }
}
