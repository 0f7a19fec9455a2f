package dev.frontdesk.kit.events;

import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.kit.tracing.TraceCarrier;
import java.time.Clock;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Makes an event ready for an outbox: gives it its id, its time and the trace of the work at hand. */
public final class EventRecorder {

    private final EventCodec codec;
    private final TraceCarrier traces;
    private final Clock clock;

    public EventRecorder(EventCodec codec, TraceCarrier traces, Clock clock) {
        this.codec = codec;
        this.traces = traces;
        this.clock = clock;
    }

    public Mono<StoredEvent> record(Event event) {
        return record(UUID.randomUUID(), event);
    }

    private Mono<StoredEvent> record(UUID id, Event event) {
        return traces.capture("outbox")
                .map(traceparent -> codec.store(id, event, clock.instant(), traceparent.orElse(null)));
    }

    /** The same, as the JSON that a script or a statement writes into an outbox. */
    public Mono<String> recordAsJson(Event event) {
        return record(event).map(codec::write);
    }

    /** @param id for an event that may come to be written twice, and has to be told once */
    public Mono<String> recordAsJson(UUID id, Event event) {
        return record(id, event).map(codec::write);
    }
}
