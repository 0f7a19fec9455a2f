package dev.frontdesk.gateway.limiter;

import dev.frontdesk.gateway.limiter.Policy.Mode;
import dev.frontdesk.gateway.limiter.Policy.WithoutRedis;
import dev.frontdesk.kit.resilience.Outages;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.web.Problems;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Decides whether a request may pass: with the counters in Redis, or, if Redis does not answer in time, with those of this
 * gateway.
 */
public final class RequestLimiter {

    private static final Logger log = LoggerFactory.getLogger(RequestLimiter.class);

    private static final Decision NONE_COUNTED = new Decision(true, List.of());
    private static final Mono<Decision> NOTHING_LIMITED = Mono.just(NONE_COUNTED);

    private final RedisCounters redis;
    private final OutageCounters local;
    private final LocalCounters floods;
    private final UntoldRequests untold;
    private final RememberedRefusals refusals;
    private final LiveGateways gateways;
    private final CircuitBreaker breaker;
    private final Duration within;

    /**
     * @param floods see {@link #takeHere}
     */
    RequestLimiter(
            RedisCounters redis,
            OutageCounters local,
            LocalCounters floods,
            UntoldRequests untold,
            RememberedRefusals refusals,
            LiveGateways gateways,
            CircuitBreaker breaker,
            Duration within) {
        this.redis = redis;
        this.local = local;
        this.floods = floods;
        this.untold = untold;
        this.refusals = refusals;
        this.gateways = gateways;
        this.breaker = breaker;
        this.within = within;
    }

    /**
     * Counts a request for all subjects, or for none. Fails with 503 if a policy wants that while Redis does not answer.
     *
     * @param subjects all of one tenant, or of none. The caller itself comes first
     */
    public Mono<Decision> take(List<Limited> subjects) {
        if (subjects.isEmpty()) {
            return NOTHING_LIMITED;
        }
        Decision refusal = refusals.find(subjects);
        if (refusal != null) {
            return Mono.just(refusal);
        }
        return inTime(untold.before(subjects).then(redis.take(subjects)))
                .doOnNext(refusals::remember)
                .doOnEach(TraceLog.onError(RequestLimiter::log))
                .onErrorResume(_ -> withoutRedis(subjects, this::takeLocally));
    }

    /** What {@link #take} would decide about a request of this subject; counts nothing. */
    public Mono<Decision> preview(Limited limited) {
        return peek(List.of(limited))
                .doOnEach(TraceLog.onError(RequestLimiter::log))
                .onErrorResume(_ -> withoutRedis(List.of(limited), this::peekLocally));
    }

    /** Counts a request in this gateway only, without its share of the limits: each gateway allows all of them. */
    public Decision takeHere(Limited limited) {
        return floods.take(List.of(limited), 1);
    }

    /** What a request would be told, without counting it. Fails while Redis does not answer. */
    public Mono<Decision> peek(List<Limited> subjects) {
        return inTime(untold.before(subjects).then(redis.peek(subjects)));
    }

    /**
     * Forgets all requests of the subject in Redis and in this gateway. A refusal may be remembered for a second. What gateways
     * counted while Redis did not answer, they add when it does, and remember for the next time.
     */
    public Mono<Void> reset(Subject subject) {
        return inTime(redis.reset(subject)).then(Mono.fromRunnable(() -> {
            local.of(subject).forget(subject);
            floods.forget(subject);
            refusals.forget(subject);
        }));
    }

    /**
     * Gives requests back that were counted for the subject in Redis.
     *
     * @param policy which limits the subject has
     * @param id of this refund: the same one again has no effect for a day
     */
    public Mono<Void> refund(Subject subject, Policy policy, long requests, UUID id) {
        return inTime(untold.before(List.of(new Limited(subject, policy, 0)))
                        .then(redis.refund(subject, policy, requests, id)))
                .then(Mono.fromRunnable(() -> refusals.forget(subject)));
    }

    /** The circuit breaker reports an outage once. Anything else is a fault of ours, which no request should suffer from. */
    private static void log(Throwable error) {
        if (error instanceof CallNotPermittedException || Outages.isBehind(error)) {
            log.debug("Request not counted in Redis: {}", error.toString());
        } else {
            log.error("Request not counted in Redis", error);
        }
    }

    private <T> Mono<T> inTime(Mono<T> call) {
        // Without an error of its own, this operator would describe the chain before it for every request.
        return call.timeout(within, Mono.error(this::tooSlow)).transformDeferred(CircuitBreakerOperator.of(breaker));
    }

    private TimeoutException tooSlow() {
        return new TimeoutException("no answer of Redis within " + within);
    }

    private Mono<Decision> withoutRedis(List<Limited> subjects, Function<List<Limited>, Decision> locally) {
        for (Limited limited : subjects) {
            if (limited.policy().withoutRedis() == WithoutRedis.CLOSED
                    && limited.policy().mode() == Mode.ENFORCE) {
                return Mono.error(Problems.unavailable());
            }
        }
        return Mono.fromSupplier(() -> {
            var counted =
                    subjects.stream().filter(RequestLimiter::isCountedLocally).toList();
            return complete(counted.isEmpty() ? NONE_COUNTED : locally.apply(counted), subjects);
        });
    }

    private Decision takeLocally(List<Limited> subjects) {
        return local.of(subjects.getFirst().subject()).take(subjects, gateways.number());
    }

    private Decision peekLocally(List<Limited> subjects) {
        Limited limited = subjects.getFirst();
        return local.of(limited.subject()).peek(limited, gateways.number());
    }

    /** @param subjects those that the decision is about, and those that are not counted */
    private static Decision complete(Decision decision, List<Limited> subjects) {
        var counts = decision.standings().iterator();
        return new Decision(
                decision.allowed(),
                subjects.stream()
                        .map(limited -> isCountedLocally(limited) ? counts.next() : new Standing(limited, List.of()))
                        .toList(),
                true);
    }

    private static boolean isCountedLocally(Limited limited) {
        return limited.policy().withoutRedis() == WithoutRedis.LOCAL;
    }
}
