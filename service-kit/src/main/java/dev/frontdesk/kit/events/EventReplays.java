package dev.frontdesk.kit.events;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.kit.tracing.TraceCarrier;
import dev.frontdesk.kit.tracing.TraceContext;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Runs a subscription's handler again for events that it could not handle before. */
public final class EventReplays {

    private final Map<String, EventHandling> handlings;
    private final TraceCarrier traces;

    EventReplays(Map<String, EventHandling> handlings, TraceCarrier traces) {
        this.handlings = Map.copyOf(handlings);
        this.traces = traces;
    }

    /** The names of the subscriptions whose events can be replayed. */
    public List<String> groups() {
        return handlings.keySet().stream().sorted().toList();
    }

    /** The type of an event; empty when this version does not know it. Every handler ignores unknown types. */
    public static Optional<EventType> typeOf(Map<String, String> headers) {
        return Optional.ofNullable(headers.get(CloudEventHeaders.TYPE)).flatMap(EventType::named);
    }

    /**
     * Completes when the effect is durable. As always, the handler must be idempotent by the event's id.
     *
     * @throws IllegalArgumentException when the subscription no longer exists
     */
    public Mono<Void> replay(String group, Map<String, String> headers, ByteBuffer data) {
        EventHandling handling = handlings.get(group);
        if (handling == null) {
            return Mono.error(new IllegalArgumentException("Unknown subscription: " + group));
        }
        var bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return traces.resume(
                headers.get(TraceContext.TRACEPARENT),
                "event.replay",
                handling.replay(DeadLetter.kafkaHeaders(headers), bytes));
    }

    /** What may be shown of an error of {@link #replay}: the place of the error, never the data. */
    public static Optional<String> detailOf(Throwable error) {
        return Optional.ofNullable(DeadLetterDetail.of(error));
    }
}
