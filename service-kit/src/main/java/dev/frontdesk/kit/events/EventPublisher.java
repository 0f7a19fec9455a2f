package dev.frontdesk.kit.events;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;

/**
 * The only class that writes to Kafka. Only outbox relays and the dead-letter publisher call it; all other code adds
 * events to an outbox.
 */
public final class EventPublisher implements DisposableBean {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaSender<String, byte[]> sender;
    private final String source;
    private final Duration timeout;
    private final KafkaProperties kafka;
    private final TopicSetup topics;
    private final Set<String> existing = ConcurrentHashMap.newKeySet();

    /** @param source the name of the service, used as CloudEvents source */
    EventPublisher(KafkaProperties kafka, TopicSetup topics, String source) {
        this.kafka = kafka;
        this.topics = topics;
        this.source = source;
        this.timeout = kafka.deliveryTimeout().multipliedBy(2);
        this.sender = KafkaSender.create(
                SenderOptions.<String, byte[]>create(settings(kafka, source)).closeTimeout(CLOSE_TIMEOUT));
    }

    /**
     * Publishes in order and completes when all in-sync replicas have acknowledged every event. After an error, any
     * number of the events may be on the topic: the caller retries all of them, and consumers detect duplicates by
     * their id.
     */
    public Mono<Void> publish(List<StoredEvent> events) {
        return ensureTopics(events)
                .then(send(Flux.fromIterable(events)
                        .map(event -> SenderRecord.create(
                                CloudEventHeaders.toRecord(kafka.inKafka(event.topic()), event, source), event.id()))));
    }

    private Mono<Void> ensureTopics(List<StoredEvent> events) {
        Set<String> missing = events.stream()
                .map(event -> kafka.inKafka(event.topic()))
                .filter(topic -> !existing.contains(topic))
                .collect(Collectors.toSet());
        return missing.isEmpty()
                ? Mono.empty()
                : topics.ensure(missing)
                        .timeout(timeout)
                        .doOnNext(_ -> existing.addAll(missing))
                        .then();
    }

    /** Publishes a record unchanged, for dead letters. */
    Mono<Void> publishRaw(ProducerRecord<String, byte[]> letter) {
        return send(Flux.just(SenderRecord.create(letter, UUID.randomUUID())));
    }

    private Mono<Void> send(Flux<SenderRecord<String, byte[], UUID>> records) {
        // Without publishOn, downstream operators would run on the producer's own thread.
        return sender.send(records)
                .publishOn(Schedulers.parallel())
                .concatMap(result -> result.exception() == null ? Mono.empty() : Mono.error(result.exception()))
                .then()
                .timeout(timeout);
    }

    @Override
    public void destroy() {
        sender.close();
    }

    private static Map<String, Object> settings(KafkaProperties kafka, String source) {
        int deliveryMillis = (int) kafka.deliveryTimeout().toMillis();
        return kafka.clientSettings(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.servers(),
                ProducerConfig.CLIENT_ID_CONFIG,
                source,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                deliveryMillis,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                deliveryMillis / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                deliveryMillis));
    }
}
