package dev.frontdesk.gateway.routing;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.pipeline.Step;
import dev.frontdesk.kit.web.ProblemException;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses paths that two readers could read differently. */
@Component
final class PlainPaths implements WebFilter, Ordered {

    @Override
    public int getOrder() {
        return Step.PLAIN_PATHS.order();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return PlainPath.isPlain(exchange.getRequest().getURI().getRawPath())
                ? chain.filter(exchange)
                : Mono.error(new ProblemException(
                        ProblemType.NOT_FOUND,
                        "The path must not have encoded slashes, dot segments, empty segments or path parameters."));
    }
}
