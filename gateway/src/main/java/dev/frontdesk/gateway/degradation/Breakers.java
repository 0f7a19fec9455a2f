package dev.frontdesk.gateway.degradation;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One circuit breaker for each dependency that the gateway calls, all with the same configuration. */
@Component
public final class Breakers {

    private static final Logger log = LoggerFactory.getLogger(Breakers.class);

    private static final String STATE = "resilience4j.circuitbreaker.state";

    private final CircuitBreakerConfig config;
    private final MeterRegistry meters;
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    Breakers(BreakerProperties properties, MeterRegistry meters) {
        this.config = configOf(properties);
        this.meters = meters;
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
        return breakers.computeIfAbsent(name, this::create);
    }

    /** The dependency is gone. */
    public void forget(String name) {
        if (breakers.remove(name) != null) {
            for (CircuitBreaker.State state : CircuitBreaker.State.values()) {
                meters.find(STATE)
                        .tags("name", name, "state", word(state))
                        .meters()
                        .forEach(meters::remove);
            }
        }
    }

    private static String word(CircuitBreaker.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private CircuitBreaker create(String name) {
        CircuitBreaker breaker = CircuitBreaker.of(name, config);
        breaker.getEventPublisher().onStateTransition(Breakers::tell);
        for (CircuitBreaker.State state : CircuitBreaker.State.values()) {
            // As Resilience4j's own metrics name it. Those would also measure every call, which has a timer already.
            Gauge.builder(STATE, breaker, it -> it.getState() == state ? 1 : 0)
                    .description("1 for the state that the circuit breaker is in")
                    .tag("name", name)
                    .tag("state", word(state))
                    .register(meters);
        }
        return breaker;
    }

    /** Logs once when the breaker opens and once when it closes; trials in between that fail are no news. */
    private static void tell(CircuitBreakerOnStateTransitionEvent event) {
        switch (event.getStateTransition()) {
            case CLOSED_TO_OPEN -> log.warn("{} is unavailable: circuit breaker open", event.getCircuitBreakerName());
            case HALF_OPEN_TO_CLOSED ->
                log.info("{} is available again: circuit breaker closed", event.getCircuitBreakerName());
            default -> log.debug("{}", event);
        }
    }
}
