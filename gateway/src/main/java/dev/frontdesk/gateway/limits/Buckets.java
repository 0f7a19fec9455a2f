package dev.frontdesk.gateway.limits;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.gateway.limits.Bucket.Kind;
import dev.frontdesk.kit.tracing.TraceLog;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.filter.ratelimit.RateLimiter.Response;
import org.springframework.cloud.gateway.filter.ratelimit.RedisRateLimiter;
import org.springframework.data.redis.RedisConnectionFailureException;
import reactor.core.publisher.Mono;

/**
 * The buckets in Redis, through Spring Cloud Gateway's limiter. When Redis is down, that limiter waits for the full
 * timeout of its client, then allows every request and logs a long message for each. Here the timeout and the log
 * message are short, and each limit defines whether requests pass.
 */
final class Buckets {

    private static final Logger log = LoggerFactory.getLogger(Buckets.class);

    /** What the limiter returns instead of a number when it could not reach Redis. */
    private static final String NOT_ASKED = "-1";

    private final RedisRateLimiter limiter;
    private final Map<Kind, Limit> limits;
    private final CircuitBreaker breaker;
    private final Duration within;

    Buckets(RedisRateLimiter limiter, Limits limits, CircuitBreaker breaker) {
        this.limiter = limiter;
        this.limits = Map.of(Kind.ADDRESS, limits.address(), Kind.ACCOUNT, limits.account());
        this.breaker = breaker;
        this.within = limits.answerWithin();
        this.limits.forEach((kind, limit) -> limiter.getConfig()
                .put(
                        kind.label(),
                        new RedisRateLimiter.Config()
                                .setReplenishRate(limit.refill())
                                .setBurstCapacity(limit.capacity())));
    }

    Limit limitOf(Bucket bucket) {
        return requireNonNull(limits.get(bucket.kind()));
    }

    /** Takes one token out of the bucket. Fails when Redis does not respond in time. */
    Mono<Response> take(Bucket bucket) {
        Mono<Response> taken = limiter.isAllowed(bucket.kind().label(), bucket.id())
                // Without an error of its own, this operator would describe the chain before it for every request.
                .timeout(within, Mono.error(this::tooSlow))
                .map(Buckets::asked);
        return taken.transformDeferred(CircuitBreakerOperator.of(breaker))
                .doOnEach(TraceLog.onError(
                        error -> log.debug("Request not counted by the rate limit: {}", error.toString())));
    }

    private TimeoutException tooSlow() {
        return new TimeoutException("no answer of Redis within " + within);
    }

    private static Response asked(Response response) {
        if (NOT_ASKED.equals(remaining(response))) {
            throw new RedisConnectionFailureException("The rate limiter could not reach Redis");
        }
        return response;
    }

    static String remaining(Response response) {
        return response.getHeaders().getOrDefault(RedisRateLimiter.REMAINING_HEADER, NOT_ASKED);
    }
}
