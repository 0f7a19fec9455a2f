package dev.frontdesk.gateway.limiter;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts how often the limits went over to the counters of the gateway and back to those in Redis. */
final class RedisTransitions {

    private final Counter toLocal;
    private final Counter toRedis;

    private RedisTransitions(MeterRegistry meters) {
        this.toLocal = counter(meters, "local");
        this.toRedis = counter(meters, "redis");
    }

    static void count(CircuitBreaker breaker, MeterRegistry meters) {
        var transitions = new RedisTransitions(meters);
        breaker.getEventPublisher().onStateTransition(transitions::count);
    }

    private void count(CircuitBreakerOnStateTransitionEvent event) {
        switch (event.getStateTransition()) {
            case CLOSED_TO_OPEN -> toLocal.increment();
            case HALF_OPEN_TO_CLOSED -> toRedis.increment();
            default -> {
                // A trial that failed.
            }
        }
    }

    private static Counter counter(MeterRegistry meters, String to) {
        return Counter.builder("frontdesk.gateway.limits.transitions")
                .description("How often the limits went over to other counters")
                .tag("to", to)
                .register(meters);
    }
}
