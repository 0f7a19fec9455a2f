package dev.frontdesk.testsupport.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.StreamSupport.stream;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is stored in its topic, all of it as text.
 *
 * @param headers the last value of each; empty for one without a value
 */
public record KafkaRecord(
        int partition, long offset, @Nullable String key, String value, Map<String, String> headers) {

    static KafkaRecord of(ConsumerRecord<String, String> polled) {
        var headers = stream(polled.headers().spliterator(), false)
                .collect(toMap(Header::key, KafkaRecord::text, (earlier, later) -> later));
        var value = polled.value() == null ? "" : polled.value();
        return new KafkaRecord(polled.partition(), polled.offset(), polled.key(), value, headers);
    }

    private static String text(Header header) {
        return header.value() == null ? "" : new String(header.value(), UTF_8);
    }
}
