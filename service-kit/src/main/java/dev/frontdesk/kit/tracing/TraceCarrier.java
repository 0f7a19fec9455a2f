package dev.frontdesk.kit.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Captures the W3C {@code traceparent} of the current work, to be stored in an outbox row or a queue. Later continues
 * that trace in other work, so that one trace id covers everything from the first request to the last effect.
 */
public final class TraceCarrier {

    /** Header and field name of the W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    private final ObservationRegistry registry;

    public TraceCarrier(ObservationRegistry registry) {
        this.registry = registry;
    }

    /**
     * @param name the destination of the trace, for example {@code outbox}
     * @return empty when the current work is not traced
     */
    public Mono<Optional<String>> capture(String name) {
        return Mono.deferContextual(context -> {
            var carrier = new HashMap<String, String>();
            var sending = new SenderContext<Map<String, String>>(
                    (target, key, value) -> {
                        if (target != null) {
                            target.put(key, value);
                        }
                    },
                    Kind.PRODUCER);
            sending.setCarrier(carrier);
            Observation observation = Observation.createNotStarted(name + ".send", () -> sending, registry);
            context.<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY)
                    .ifPresent(observation::parentObservation);
            observation.start().stop();
            return Mono.just(Optional.ofNullable(carrier.get(TRACEPARENT)));
        });
    }

    /**
     * Runs the work as a part of the captured trace; every log line of the work has its trace id.
     *
     * @param name names the span and the timer, for example {@code event.handle}
     */
    public <T> Mono<T> resume(@Nullable String traceparent, String name, Mono<T> work) {
        return Mono.defer(() -> {
            var receiving = new ReceiverContext<Map<String, String>>(Map::get, Kind.CONSUMER);
            receiving.setCarrier(traceparent == null ? Map.of() : Map.of(TRACEPARENT, traceparent));
            Observation observation = Observation.start(name, () -> receiving, registry);
            return work.doOnError(observation::error)
                    .doFinally(_ -> observation.stop())
                    .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }
}
