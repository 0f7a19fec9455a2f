package dev.frontdesk.gateway.limiter;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Adds what this gateway counted by itself to the counters in Redis, once Redis is back: an outage gives no second limit. */
final class UntoldRequests extends BackgroundWork {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** Redis has just come back, so it gets few calls at once. */
    private static final int AT_ONCE = 4;

    private final LocalCounters local;
    private final RedisCounters redis;
    private final CircuitBreaker breaker;

    UntoldRequests(LocalCounters local, RedisCounters redis, CircuitBreaker breaker) {
        super("Adding locally counted requests to Redis");
        this.local = local;
        this.redis = redis;
        this.breaker = breaker;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY).concatMap(_ -> unlessStopping(tellAll().onErrorResume(this::reported)), 1);
    }

    private Mono<Void> tellAll() {
        return local.mayHaveUntold() && breaker.getState() == CircuitBreaker.State.CLOSED
                ? Flux.fromIterable(local.untold())
                        .flatMap(this::tell, AT_ONCE)
                        .then(Mono.fromRunnable(this::recovered))
                : Mono.empty();
    }

    /** A subject's next request in Redis must be counted after those that it made before. */
    Mono<Void> tell(List<Limited> subjects) {
        return local.mayHaveUntold()
                ? Flux.fromIterable(subjects)
                        .concatMap(limited -> tell(limited.subject()))
                        .then()
                : Mono.empty();
    }

    /** If Redis counts them but its answer is lost, they are counted twice: too many rather than too few. */
    private Mono<Void> tell(Subject subject) {
        return Mono.defer(() -> {
            LocalCounter counter = local.find(subject);
            Limited untold = counter == null ? null : counter.takeUntold(subject);
            if (untold == null || untold.cost() == 0) {
                return Mono.empty();
            }
            return redis.add(List.of(untold))
                    .timeout(TIMEOUT)
                    .doOnError(_ -> local.keepUntold(untold))
                    .doOnCancel(() -> local.keepUntold(untold));
        });
    }
}
