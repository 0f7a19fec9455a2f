package dev.frontdesk.kit.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as stored in an outbox and sent to Kafka: complete, so that a relay needs no other data.
 *
 * @param id CloudEvents id; consumers are idempotent by it
 * @param type CloudEvents type
 * @param key record key: the aggregate
 * @param data the event itself as JSON
 * @param traceparent the trace that the event belongs to
 */
public record StoredEvent(
        UUID id,
        String type,
        String topic,
        String key,
        String tenant,
        Instant time,
        String data,
        @Nullable String traceparent) {}
