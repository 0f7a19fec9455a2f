package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.pipeline.Step;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Refuses who could not be established, and tells the services in place of its credentials who calls, and from where. */
final class AssertionFilter implements GlobalFilter, Ordered {

    private final IdentityAssertions assertions;
    private final ClientAddresses addresses;

    AssertionFilter(IdentityAssertions assertions, ClientAddresses addresses) {
        this.assertions = assertions;
        this.addresses = addresses;
    }

    @Override
    public int getOrder() {
        return Step.ASSERTION.order();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        @Nullable String address = addresses.of(exchange.getRequest()).orElse(null);
        return switch (Identity.of(exchange)) {
            case Identity.Refused refused -> Mono.error(refused.problem());
            case Identity.Known known ->
                chain.filter(exchange.mutate()
                        .request(request -> request.headers(headers -> replace(headers, known.caller(), address)))
                        .build());
        };
    }

    private void replace(HttpHeaders headers, Caller caller, @Nullable String address) {
        headers.remove(HttpHeaders.AUTHORIZATION);
        headers.remove(Headers.API_KEY);
        headers.remove(Headers.TENANT);
        headers.set(Headers.IDENTITY, assertions.sign(caller, address));
    }
}
