package dev.frontdesk.kit.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record that a subscription could not read or handle. Group, topic, partition and offset identify it; it may be
 * delivered twice.
 *
 * @param group the subscription's name
 * @param topic the original topic; partition and offset belong to it
 * @param headers the headers of the original record
 * @param data null when the record had none, or when it was too large to park
 * @param size the original size of the data, in bytes
 * @param reason the class of the error
 * @param detail what may be shown of the error
 */
public record DeadLetter(
        String group,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        Map<String, String> headers,
        @Nullable ByteBuffer data,
        long size,
        String reason,
        @Nullable String detail,
        Instant parkedAt) {

    /** @throws IllegalArgumentException when the record is not a dead letter */
    static DeadLetter read(String group, ConsumerRecord<String, byte[]> letter) {
        Headers all = letter.headers();
        var headers = new LinkedHashMap<String, String>();
        for (Header header : all) {
            if (!header.key().startsWith("dlt_")) {
                headers.put(header.key(), text(header));
            }
        }
        byte @Nullable [] data = letter.value();
        boolean cut = CloudEventHeaders.text(all, DeadLetterPublisher.CUT) != null;
        return new DeadLetter(
                group,
                CloudEventHeaders.required(all, DeadLetterPublisher.TOPIC),
                Integer.parseInt(CloudEventHeaders.required(all, DeadLetterPublisher.PARTITION)),
                Long.parseLong(CloudEventHeaders.required(all, DeadLetterPublisher.OFFSET)),
                letter.key(),
                Map.copyOf(headers),
                data == null || cut ? null : ByteBuffer.wrap(data).asReadOnlyBuffer(),
                Long.parseLong(CloudEventHeaders.required(all, DeadLetterPublisher.SIZE)),
                CloudEventHeaders.required(all, DeadLetterPublisher.REASON),
                CloudEventHeaders.text(all, DeadLetterPublisher.DETAIL),
                Instant.ofEpochMilli(letter.timestamp()));
    }

    private static String text(Header header) {
        return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    static Headers kafkaHeaders(Map<String, String> headers) {
        var kafka = new RecordHeaders();
        headers.forEach((name, value) -> CloudEventHeaders.add(kafka, name, value));
        return kafka;
    }
}
