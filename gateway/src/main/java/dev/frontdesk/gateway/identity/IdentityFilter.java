package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.pipeline.Step;
import dev.frontdesk.kit.web.ProblemException;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Identifies the caller of a request. */
final class IdentityFilter implements GlobalFilter, Ordered {

    private final Callers callers;

    IdentityFilter(Callers callers) {
        this.callers = callers;
    }

    @Override
    public int getOrder() {
        return Step.IDENTITY.order();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return callers.of(exchange.getRequest())
                .cast(Identity.class)
                .onErrorResume(ProblemException.class, IdentityFilter::refused)
                .flatMap(identity -> {
                    Identity.set(exchange, identity);
                    return chain.filter(exchange);
                });
    }

    /** A repeated 429 of the limit is not counted again. */
    private static Mono<Identity> refused(ProblemException problem) {
        return problem.type() == ProblemType.RATE_LIMITED
                ? Mono.error(problem)
                : Mono.just(new Identity.Refused(problem));
    }
}
