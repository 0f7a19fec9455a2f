package dev.frontdesk.gateway.degradation;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.stereotype.Component;

/** {@code Breaker=session-service}: makes no call while the circuit breaker of that name is open. */
@Component
final class BreakerGatewayFilterFactory extends AbstractGatewayFilterFactory<BreakerGatewayFilterFactory.Named> {

    private final Breakers breakers;

    BreakerGatewayFilterFactory(Breakers breakers) {
        super(Named.class);
        this.breakers = breakers;
    }

    /** @param breaker routes with the same name share one */
    record Named(String breaker) {}

    @Override
    public List<String> shortcutFieldOrder() {
        return List.of("breaker");
    }

    @Override
    public GatewayFilter apply(Named named) {
        CircuitBreaker breaker = breakers.named(named.breaker());
        return (exchange, chain) -> chain.filter(exchange).transformDeferred(CircuitBreakerOperator.of(breaker));
    }
}
