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

/** Keeps requests from waiting one by one for a Redis that does not answer. */
@Component
final class RedisBreaker {

    private static final Logger log = LoggerFactory.getLogger(RedisBreaker.class);

    private final CircuitBreaker breaker = breaker();
    private final Duration timeout;

    RedisBreaker(@Value("${spring.data.redis.timeout}") Duration timeout) {
        this.timeout = timeout;
        breaker.getEventPublisher()
                .onStateTransition(event -> log.warn(
                        "Redis as the place of pending registrations: {}",
                        event.getStateTransition().getToState()));
    }

    /**
     * Opens for a second when half of the last 10 calls, and 4 at least, met an outage; then tries with 2. A Redis that is full
     * is none: it takes no sign-up, and still proves those that it has.
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

    /** @return an error of {@link RedisAway} for every outage, within the time that Redis has for one command */
    <T> Mono<T> guard(Mono<T> commands) {
        return commands.timeout(timeout)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(
                        error -> error instanceof CallNotPermittedException || Outages.isBehind(error), RedisAway::new);
    }

    /** For commands that are guarded each, and may not take longer together than one. */
    <T> Mono<T> inTime(Mono<T> commands) {
        return inTime(timeout, commands);
    }

    /** @param within what a request that has waited for Redis already has left */
    <T> Mono<T> inTime(Duration within, Mono<T> commands) {
        return commands.timeout(within).onErrorMap(TimeoutException.class, RedisAway::new);
    }

    /** How long one command may take. */
    Duration timeout() {
        return timeout;
    }
}
