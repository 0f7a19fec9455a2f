package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.kit.resilience.Outages;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Circuit breaker: while Redis does not answer, requests fail at once and do not each wait for a timeout. */
@Component
final class RedisBreaker {

    private static final Logger log = LoggerFactory.getLogger(RedisBreaker.class);

    private final CircuitBreaker breaker = breaker();
    private final Duration timeout;

    RedisBreaker(@Value("${spring.data.redis.timeout}") Duration timeout) {
        this.timeout = timeout;
        breaker.getEventPublisher()
                .onStateTransition(event -> log.warn(
                        "Circuit breaker of pending registrations in Redis: {}",
                        event.getStateTransition().getToState()));
    }

    /**
     * Opens for one second when half of the last 10 calls (at least 4) met an outage, then permits 2 trial calls. A
     * full Redis does not count as an outage: it rejects new sign-ups but still verifies existing ones.
     */
    private static CircuitBreaker breaker() {
        return CircuitBreaker.of(
                "pending-registrations",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(4)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofSeconds(1))
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .recordException(error -> Outages.isBehind(error) && !Outages.isFullRedis(error))
                        .build());
    }

    /** @return fails with {@link RedisUnavailable} on every outage, within the time limit of one Redis command */
    <T> Mono<T> guard(Mono<T> commands) {
        return commands.timeout(timeout)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(
                        error -> error instanceof CallNotPermittedException || Outages.isBehind(error),
                        RedisUnavailable::new);
    }

    /** For several commands that are guarded one by one and together may take no longer than one. */
    <T> Mono<T> inTime(Mono<T> commands) {
        return inTime(timeout, commands);
    }

    /** @param within the remaining time of a request that has already waited for Redis */
    <T> Mono<T> inTime(Duration within, Mono<T> commands) {
        return commands.timeout(within).onErrorMap(TimeoutException.class, RedisUnavailable::new);
    }

    /** The time limit of one command. */
    Duration timeout() {
        return timeout;
    }
}
