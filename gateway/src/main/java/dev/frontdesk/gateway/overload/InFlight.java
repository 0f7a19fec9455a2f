package dev.frontdesk.gateway.overload;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** A bounded number of requests at once. Logs when it begins to refuse requests and when it has room again, not each refusal. */
final class InFlight {

    private static final Logger log = LoggerFactory.getLogger(InFlight.class);

    private final String name;
    private final long slowAfter;
    private final ConcurrencyLimit limit;
    private final AtomicInteger overloaded;
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final Counter refused;
    private final MeterRegistry meters;
    private final List<Gauge> gauges;

    /**
     * @param name in logs and metrics
     * @param slowAfter the limit falls while no request takes less
     * @param overloaded how many refuse requests at the moment
     */
    InFlight(String name, int most, Duration slowAfter, AtomicInteger overloaded, MeterRegistry meters) {
        this.name = name;
        this.overloaded = overloaded;
        this.slowAfter = slowAfter.toNanos();
        this.limit = new ConcurrencyLimit(most, slowAfter, System.nanoTime());
        this.refused = Counter.builder("frontdesk.gateway.in-flight.refused")
                .description("Requests that were refused because too many were being handled")
                .tag("bulkhead", name)
                .register(meters);
        this.meters = meters;
        Gauge requests = Gauge.builder("frontdesk.gateway.in-flight.requests", now, AtomicInteger::get)
                .description("Requests that are being handled")
                .tag("bulkhead", name)
                .register(meters);
        Gauge highest = Gauge.builder("frontdesk.gateway.in-flight.limit", limit, ConcurrencyLimit::now)
                .description("Requests that may be handled at once")
                .tag("bulkhead", name)
                .register(meters);
        this.gauges = List.of(requests, highest);
    }

    void removeMeters() {
        meters.remove(refused);
        gauges.forEach(meters::remove);
    }

    /** Whether there is no room for a new request; it must be refused then. */
    boolean refuses() {
        return now.get() >= limit.now() && refuse();
    }

    private boolean refuse() {
        refused.increment();
        beginToRefuse();
        return true;
    }

    private void beginToRefuse() {
        if (refusing.compareAndSet(false, true)) {
            overloaded.incrementAndGet();
            log.warn("{} is overloaded: {} requests at once, more are refused with 503", name, limit.now());
        }
    }

    /** Counts the call; if there is no room for it, the next requests are refused. */
    <T> Mono<T> counted(Mono<T> call) {
        return Mono.defer(() -> {
            if (now.incrementAndGet() > limit.now()) {
                beginToRefuse();
            }
            return watched(call);
        });
    }

    /** Fails with 503, without the call, if there is no room. */
    Mono<Void> bounded(Mono<Void> call) {
        return Mono.defer(() -> {
            if (now.incrementAndGet() <= limit.now()) {
                return watched(call);
            }
            now.decrementAndGet();
            refuse();
            return Mono.error(new ProblemException(
                            ProblemType.OVERLOADED, "Too many requests at once. Try again after Retry-After.")
                    .retryAfter(EarlyRefusal.RETRY_AFTER));
        });
    }

    private <T> Mono<T> watched(Mono<T> call) {
        long began = System.nanoTime();
        return call.doFinally(how -> ended(began, how));
    }

    /** A client that left and a failure say how long the service takes only if they came late. */
    private void ended(long began, SignalType how) {
        int before = now.getAndDecrement();
        long at = System.nanoTime();
        if (how == SignalType.ON_COMPLETE || at - began > slowAfter) {
            limit.ended(began, at, before);
        }
        if (2 * (before - 1) <= limit.now() && refusing.get() && refusing.compareAndSet(true, false)) {
            overloaded.decrementAndGet();
            log.info("{} is no longer overloaded", name);
        }
    }
}
