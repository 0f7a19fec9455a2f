package dev.frontdesk.gateway.limiter;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.resilience.Outages;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Adds what this gateway counted by itself to the counters in Redis, once Redis is back: an outage gives no second limit. */
final class UntoldRequests extends BackgroundWork {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** Redis has just come back, so it gets few calls at once. */
    private static final int AT_ONCE = 4;

    private final List<LocalCounters> all;
    private final RedisCounters redis;
    private final CircuitBreaker breaker;

    UntoldRequests(List<LocalCounters> all, RedisCounters redis, CircuitBreaker breaker) {
        super("Adding locally counted requests to Redis");
        this.all = all;
        this.redis = redis;
        this.breaker = breaker;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY).concatMap(_ -> unlessStopping(tellAll().onErrorResume(this::reported)), 1);
    }

    @Override
    protected Mono<Void> lastWork() {
        return tellAll();
    }

    /** Also tries whether Redis is back: a gateway without requests would not find out. */
    private Mono<Void> tellAll() {
        return Flux.fromIterable(all)
                .concatMapIterable(LocalCounters::subjectsWithUntold)
                .flatMap(
                        subject -> tell(List.of(subject))
                                .timeout(TIMEOUT)
                                .transformDeferred(CircuitBreakerOperator.of(breaker)),
                        AT_ONCE)
                .then(Mono.<Void>fromRunnable(this::recovered))
                // The circuit breaker reports an outage once.
                .onErrorComplete(error -> error instanceof CallNotPermittedException || Outages.isBehind(error));
    }

    /** A subject's next request in Redis must be counted after those that it made before. */
    Mono<Void> before(List<Limited> subjects) {
        for (LocalCounters counters : all) {
            if (counters.mayHaveUntold()) {
                return tell(subjects.stream().map(Limited::subject).toList());
            }
        }
        return Mono.empty();
    }

    /** @param subjects all of one tenant, or one of none */
    private Mono<Void> tell(List<Subject> subjects) {
        return Mono.defer(() -> {
            var batches = new ArrayList<UntoldBatch>();
            for (LocalCounters counters : all) {
                for (Subject subject : subjects) {
                    UntoldBatch batch = counters.untold(subject);
                    if (batch != null) {
                        batches.add(batch);
                    }
                }
            }
            return batches.isEmpty()
                    ? Mono.empty()
                    : redis.tell(batches)
                            .doOnSuccess(_ -> batches.forEach(batch -> all.forEach(counters -> counters.told(batch))));
        });
    }
}
