package dev.frontdesk.testsupport.servers;

import static org.apache.kafka.clients.consumer.ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a topic from its start and remembers what it has read: tests ask for all records of a topic again and again, and
 * each time only the new ones are fetched. One reader per topic, for the whole JVM.
 */
final class TopicReader {

    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Map<KafkaTopic, TopicReader> READERS = new ConcurrentHashMap<>();

    private final KafkaTopic topic;
    private final KafkaConsumer<String, String> consumer;
    private final List<KafkaRecord> records = new ArrayList<>();

    private TopicReader(KafkaTopic topic) {
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(
                Map.of(BOOTSTRAP_SERVERS_CONFIG, topic.servers(), ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                new StringDeserializer(),
                new StringDeserializer());
    }

    static TopicReader of(KafkaTopic topic) {
        return READERS.computeIfAbsent(topic, TopicReader::new);
    }

    /** @return all records, each partition in its order; none if there is no such topic */
    synchronized List<KafkaRecord> toTheEnd() {
        try {
            read();
            return List.copyOf(records);
        } catch (KafkaException | IllegalStateException e) {
            // The next call begins anew: the server may be another one by then. Closing must not wait for it.
            READERS.remove(topic, this);
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            throw e;
        }
    }

    private void read() {
        if (consumer.assignment().isEmpty()) {
            var partitions = consumer.partitionsFor(topic.name(), WITHIN).stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        var ends = consumer.endOffsets(consumer.assignment(), WITHIN);
        var deadline = Instant.now().plus(WITHIN);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), WITHIN) < end.getValue())) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(topic.name() + " could not be read to its end within " + WITHIN);
            }
            consumer.poll(POLL).forEach(polled -> records.add(KafkaRecord.of(polled)));
        }
    }
}
