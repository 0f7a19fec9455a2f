package dev.frontdesk.gateway.headers;

import dev.frontdesk.gateway.pipeline.Step;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Cleans the request's headers before anything reads them. */
@Component
final class HeaderHygiene implements WebFilter, Ordered {

    @Override
    public int getOrder() {
        return Step.HEADER_HYGIENE.order();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange.mutate()
                .request(request -> request.headers(InboundHeaders::clean))
                .build());
    }
}
