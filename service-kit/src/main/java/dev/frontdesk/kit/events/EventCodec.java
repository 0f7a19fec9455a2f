package dev.frontdesk.kit.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.contracts.events.EventType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes events as JSON: snake_case, ISO 8601 times. It has its own mapper, so that a setting for HTTP never
 * changes the format on a topic. Unknown fields are ignored, because a producer may be newer than its consumer; a
 * missing field is an error.
 */
public final class EventCodec {

    private final JsonMapper json = mapper().build();

    /** Only for event data: every field must be present, except nullable ones. */
    private final JsonMapper strict = mapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .annotationIntrospector(new NullableRecordComponents())
            .injectableValues(NullableRecordComponents.VALUES)
            .build();

    private static JsonMapper.Builder mapper() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // Numbers from applications keep all digits, including trailing zeros after the decimal point.
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** @param traceparent the trace of the work that creates the event */
    public StoredEvent store(UUID id, Event event, Instant time, @Nullable String traceparent) {
        var type = EventType.of(event);
        return new StoredEvent(
                id,
                type.ceType(),
                type.topic(),
                event.aggregateId(),
                event.tenant(),
                time,
                json.writeValueAsString(event),
                traceparent);
    }

    /** @throws tools.jackson.core.JacksonException when the data is not a complete event of that type */
    public Event read(EventType type, byte[] data) {
        return strict.readValue(data, type.eventClass());
    }

    public String write(StoredEvent event) {
        return json.writeValueAsString(event);
    }

    public StoredEvent readStored(String envelope) {
        return json.readValue(envelope, StoredEvent.class);
    }
}
