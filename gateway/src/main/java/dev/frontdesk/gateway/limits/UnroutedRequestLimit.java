package dev.frontdesk.gateway.limits;

import dev.frontdesk.gateway.pipeline.Step;
import org.springframework.core.Ordered;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Counts requests that never reach the limit behind the routes: unknown paths, refused URLs and preflights. Requests
 * that are refused before the limit cost little, but without a bound they would be a way around the limit.
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
