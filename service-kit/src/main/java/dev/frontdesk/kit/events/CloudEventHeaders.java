package dev.frontdesk.kit.events;

import dev.frontdesk.kit.tracing.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** CloudEvents 1.0, Kafka protocol binding, binary mode: attributes as {@code ce_} headers, the event as the value. */
final class CloudEventHeaders {

    static final String ID = "ce_id";
    static final String TYPE = "ce_type";
    static final String TIME = "ce_time";

    private CloudEventHeaders() {}

    /** @param topic the event's topic, by its name in Kafka */
    static ProducerRecord<String, byte[]> toRecord(String topic, StoredEvent event, String source) {
        var producerRecord =
                new ProducerRecord<>(topic, event.key(), event.data().getBytes(StandardCharsets.UTF_8));
        Headers headers = producerRecord.headers();
        add(headers, "ce_specversion", "1.0");
        add(headers, ID, event.id().toString());
        add(headers, "ce_source", "/" + source);
        add(headers, TYPE, event.type());
        add(headers, TIME, event.time().toString());
        add(headers, "ce_subject", event.key());
        add(headers, "ce_tenant", event.tenant());
        add(headers, "content-type", "application/json");
        if (event.traceparent() != null) {
            add(headers, TraceContext.TRACEPARENT, event.traceparent());
        }
        return producerRecord;
    }

    static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException when a required attribute is missing or malformed */
    static String required(Headers headers, String name) {
        String value = text(headers, name);
        if (value == null) {
            throw new IllegalArgumentException("No " + name + " header");
        }
        return value;
    }

    static UUID id(Headers headers) {
        return UUID.fromString(required(headers, ID));
    }

    static Instant time(Headers headers) {
        return Instant.parse(required(headers, TIME));
    }
}
