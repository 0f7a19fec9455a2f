package dev.frontdesk.testsupport.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A topic, read and written with Kafka's own client from outside the service. */
public record KafkaTopic(String servers, String name) {

    private static final Duration WITHIN = Duration.ofSeconds(10);
    // Without a timeout, closing waits for a server that may be frozen.
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final int LARGE = 16 * 1024 * 1024;

    /** All records of the topic from its start, each partition in its order; none if there is no such topic. */
    public List<KafkaRecord> records() {
        return TopicReader.of(this).toTheEnd();
    }

    public void send(@Nullable String key, String value, Map<String, String> headers) {
        send(key, value.getBytes(UTF_8), headers);
    }

    /**
     * Writes records that no publisher of ours would, invalid ones for example, and returns when Kafka has stored it.
     */
    public void send(@Nullable String key, byte[] value, Map<String, String> headers) {
        send(key, value, headers, Map.of());
    }

    /** The same for a record above the size limit of other clients: compressed, it passes the broker's limit. */
    public void sendCompressed(@Nullable String key, byte[] value, Map<String, String> headers) {
        send(
                key,
                value,
                headers,
                Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip", ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGE));
    }

    private void send(
            @Nullable String key, byte[] value, Map<String, String> headers, Map<String, Object> moreSettings) {
        var outgoing = new ProducerRecord<>(name, key, value);
        headers.forEach((header, content) -> outgoing.headers().add(header, content.getBytes(UTF_8)));
        var settings = new HashMap<String, Object>(moreSettings);
        settings.put(BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, WITHIN.toMillis());
        var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        try {
            producer.send(outgoing).get(WITHIN.toSeconds(), SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Could not write to " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            producer.close(AT_ONCE);
        }
    }
}
