package dev.frontdesk.gateway.overload;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A bounded number of requests at once. Logs when it begins to refuse requests and when it has room again, not each refusal. */
final class InFlight {

    private static final Logger log = LoggerFactory.getLogger(InFlight.class);

    private final String name;
    private final int most;
    private final @Nullable InFlight all;
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final Counter refused;

    /**
     * @param name in logs and metrics
     * @param all counts these requests too; null if there is none
     */
    InFlight(String name, int most, @Nullable InFlight all, MeterRegistry meters) {
        this.name = name;
        this.most = most;
        this.all = all;
        this.refused = Counter.builder("frontdesk.gateway.in-flight.refused")
                .description("Requests that were refused because too many were being handled")
                .tag("bulkhead", name)
                .register(meters);
        Gauge.builder("frontdesk.gateway.in-flight.requests", now, AtomicInteger::get)
                .description("Requests that are being handled")
                .tag("bulkhead", name)
                .register(meters);
    }

    /** Counts a refusal if there is no room. */
    boolean refuses() {
        if (now.get() < most) {
            return false;
        }
        refused.increment();
        if (refusing.compareAndSet(false, true)) {
            log.warn("{} is overloaded: {} requests at once, more are refused with 503", name, most);
        }
        return true;
    }

    /** Counts the call, also if there is no room for it. */
    <T> Mono<T> counted(Mono<T> call) {
        return Mono.defer(() -> {
            begin();
            return call.doFinally(_ -> end());
        });
    }

    /** Fails with 503, without the call, if there is no room. */
    Mono<Void> bounded(Mono<Void> call) {
        return Mono.defer(() -> {
            begin();
            if (now.get() <= most || !refuses()) {
                return call.doFinally(_ -> end());
            }
            end();
            return Mono.error(new ProblemException(
                            ProblemType.OVERLOADED, "Too many requests at once. Try again after Retry-After.")
                    .retryAfter(EarlyRefusal.RETRY_AFTER));
        });
    }

    private void begin() {
        now.incrementAndGet();
        if (all != null) {
            all.begin();
        }
    }

    private void end() {
        int left = now.decrementAndGet();
        if (left <= most / 2 && refusing.get() && refusing.compareAndSet(true, false)) {
            log.info("{} is no longer overloaded", name);
        }
        if (all != null) {
            all.end();
        }
    }
}
