package dev.frontdesk.gateway.degradation;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.circuitbreaker.resilience4j.ReactiveResilience4JCircuitBreakerFactory;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JConfigBuilder;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One circuit breaker for each dependency that the gateway calls, all with the same configuration. */
@Configuration(proxyBeanMethods = false)
class Breakers {

    /**
     * These calls wait on purpose. They say nothing about the service's other calls, so they have a breaker and a time
     * limit of their own.
     */
    private static final String LEASES = "notification-service-leases";

    private static final Logger log = LoggerFactory.getLogger(Breakers.class);

    @Bean
    Customizer<ReactiveResilience4JCircuitBreakerFactory> breakersOfOneKind(BreakerProperties properties) {
        var breaker = CircuitBreakerConfig.custom()
                .slidingWindowSize(properties.calls())
                .minimumNumberOfCalls(properties.calls() / 2)
                .failureRateThreshold(properties.failed())
                .waitDurationInOpenState(properties.pause())
                .permittedNumberOfCallsInHalfOpenState(properties.trials())
                .recordException(OutageSignals::isBehind)
                .build();
        return factory -> {
            factory.configureDefault(id -> new Resilience4JConfigBuilder(id)
                    .circuitBreakerConfig(breaker)
                    .timeLimiterConfig(limiter(properties.within()))
                    .build());
            factory.configure(
                    leases ->
                            leases.circuitBreakerConfig(breaker).timeLimiterConfig(limiter(properties.leasesWithin())),
                    LEASES);
            factory.getCircuitBreakerRegistry()
                    .getEventPublisher()
                    .onEntryAdded(
                            added -> added.getAddedEntry().getEventPublisher().onStateTransition(Breakers::tell));
        };
    }

    private static TimeLimiterConfig limiter(Duration within) {
        return TimeLimiterConfig.custom().timeoutDuration(within).build();
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
