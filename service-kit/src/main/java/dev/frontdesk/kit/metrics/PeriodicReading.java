package dev.frontdesk.kit.metrics;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads values at intervals and keeps the last ones for gauges, so that a scrape queries nothing, however often it
 * comes. A failed reading makes the values unknown and is not logged: the work that uses the same store reports the
 * outage.
 *
 * @param <T> all values of one reading
 */
public abstract class PeriodicReading<T> extends BackgroundWork implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(PeriodicReading.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final String name;
    private final Duration interval;
    private volatile @Nullable T last;

    /** @param name what is read, for logs */
    protected PeriodicReading(String name, Duration interval) {
        super(name);
        this.name = name;
        this.interval = interval;
    }

    /** Must emit one element; is given up after 5 s. */
    protected abstract Mono<T> read();

    /** One value of the last reading; {@code NaN} before the first one, and after a failed one. */
    protected final double last(ToDoubleFunction<T> value) {
        T known = last;
        return known == null ? Double.NaN : value.applyAsDouble(known);
    }

    @Override
    protected final Flux<Void> work() {
        return beats(interval).concatMap(_ -> refresh(), 1);
    }

    /** Reads once. Completes also if that fails. */
    public final Mono<Void> refresh() {
        return Mono.defer(this::read)
                .timeout(TIMEOUT)
                .doOnNext(this::keep)
                .then()
                .onErrorResume(this::forget);
    }

    private void keep(T values) {
        last = values;
    }

    private Mono<Void> forget(Throwable error) {
        last = null;
        log.debug("{} can't be read: {}", name, error.toString());
        return Mono.empty();
    }
}
