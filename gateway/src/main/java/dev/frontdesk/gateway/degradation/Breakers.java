package dev.frontdesk.gateway.degradation;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One circuit breaker for each dependency that the gateway calls, all with the same configuration. */
@Component
public final class Breakers {

    private static final Logger log = LoggerFactory.getLogger(Breakers.class);

    private final CircuitBreakerRegistry breakers;

    Breakers(BreakerProperties properties, MeterRegistry meters) {
        this.breakers = CircuitBreakerRegistry.of(configOf(properties));
        this.breakers
                .getEventPublisher()
                .onEntryAdded(added -> added.getAddedEntry().getEventPublisher().onStateTransition(Breakers::tell));
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    private static CircuitBreakerConfig configOf(BreakerProperties properties) {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(properties.calls())
                .minimumNumberOfCalls(properties.calls() / 2)
                .failureRateThreshold(properties.failed())
                .waitDurationInOpenState(properties.pause())
                .permittedNumberOfCallsInHalfOpenState(properties.trials())
                .recordException(OutageSignals::isBehind)
                .build();
    }

    /** @param name of the dependency, for log lines; the same breaker for the same name */
    public CircuitBreaker named(String name) {
        return breakers.circuitBreaker(name);
    }

    /** Logs once when the breaker opens and once when it closes. */
    private static void tell(CircuitBreakerOnStateTransitionEvent event) {
        switch (event.getStateTransition().getToState()) {
            case OPEN -> log.warn("{} is unavailable: circuit breaker open", event.getCircuitBreakerName());
            case CLOSED -> log.info("{} is available again: circuit breaker closed", event.getCircuitBreakerName());
            default -> log.debug("{}", event);
        }
    }
}
