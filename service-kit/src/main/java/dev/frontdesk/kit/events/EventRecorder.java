package dev.frontdesk.kit.events;

import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.kit.tracing.TraceContext;
import java.time.Clock;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Prepares an event for an outbox: adds an id, the time and the trace of the current work. */
public final class EventRecorder {

    private final EventCodec codec;
    private final Clock clock;

    public EventRecorder(EventCodec codec, Clock clock) {
        this.codec = codec;
        this.clock = clock;
    }

    public Mono<StoredEvent> record(Event event) {
        return record(UUID.randomUUID(), event);
    }

    private Mono<StoredEvent> record(UUID id, Event event) {
        return Mono.deferContextual(
                context -> Mono.just(codec.store(id, event, clock.instant(), TraceContext.traceparentIn(context))));
    }

    /** Like {@link #record(Event)}, but returns the JSON that a script or a statement writes into an outbox. */
    public Mono<String> recordAsJson(Event event) {
        return record(event).map(codec::write);
    }

    /** @param id a fixed id, for an event that may be written twice but must take effect once */
    public Mono<String> recordAsJson(UUID id, Event event) {
        return record(id, event).map(codec::write);
    }
}
