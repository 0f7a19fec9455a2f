package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.values.ClientRange;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The buckets shared by all instances, in Redis. */
@Component
final class RedisBuckets {

    private static final Logger log = LoggerFactory.getLogger(RedisBuckets.class);

    private static final LuaScript TAKE_TOKEN = new LuaScript("clientlimits/take_token");

    private final ReactiveStringRedisTemplate redis;
    private final ClientLimitKeys keys;
    private final Duration timeout;
    private final CircuitBreaker breaker = breaker();

    RedisBuckets(
            ReactiveStringRedisTemplate redis, KeySpace keys, @Value("${spring.data.redis.timeout}") Duration timeout) {
        this.redis = redis;
        this.keys = new ClientLimitKeys(keys);
        this.timeout = timeout;
        breaker.getEventPublisher()
                .onStateTransition(event -> log.warn(
                        "Circuit breaker of the client limits in Redis: {}",
                        event.getStateTransition().getToState()));
    }

    /**
     * Like the one of pending registrations: a request must not wait for a Redis that did not answer earlier requests.
     */
    private static CircuitBreaker breaker() {
        return CircuitBreaker.of(
                "client-limits",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(4)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofSeconds(1))
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .recordException(Outages::isBehind)
                        .build());
    }

    /**
     * @return the wait for the next token; zero when a token was taken; on an outage, an error recognised by
     *     {@link #isAway}
     */
    Mono<Duration> take(String limit, ClientRange client, TokenBucket bucket, Instant now) {
        var args = List.of(
                Long.toString(TokenBucket.micros(now)),
                Long.toString(bucket.interval()),
                Integer.toString(bucket.burst()));
        return TAKE_TOKEN
                .run(redis, List.of(keys.bucket(limit, client)), args)
                .timeout(timeout)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .map(reply -> Duration.of(Long.parseLong(reply.getFirst()), ChronoUnit.MICROS));
    }

    static boolean isAway(Throwable error) {
        return error instanceof CallNotPermittedException || Outages.isBehind(error);
    }
}
