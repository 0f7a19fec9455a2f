package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.pipeline.Step;
import org.springframework.core.Ordered;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Counts against its client what the limit behind the routes never sees: a path that leads nowhere, a URL that is refused, a
 * preflight. What is refused before the limit costs little; without a bound it would still be a way around the limit.
 */
final class UnroutedRequestLimit implements WebFilter, Ordered {

    private final LimitFilter limit;

    UnroutedRequestLimit(LimitFilter limit) {
        this.limit = limit;
    }

    @Override
    public int getOrder() {
        return Step.UNCOUNTED.order();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (CorsUtils.isPreFlightRequest(exchange.getRequest())) {
            return limit.countClient(exchange).then(Mono.defer(() -> chain.filter(exchange)));
        }
        return chain.filter(exchange)
                .onErrorResume(
                        _ -> !LimitFilter.hasCounted(exchange),
                        refusal -> limit.countClient(exchange).then(Mono.error(refusal)));
    }
}
