package dev.frontdesk.kit.events;

import dev.frontdesk.kit.events.EventSubscription.Mode;
import dev.frontdesk.kit.lifecycle.InFlightWork;
import dev.frontdesk.kit.tracing.TraceCarrier;
import dev.frontdesk.kit.tracing.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverPartition;
import reactor.kafka.receiver.ReceiverRecord;
import reactor.util.retry.Retry;

/**
 * The only class that reads from Kafka. Partitions are processed in parallel, the records of one partition in order. An
 * offset is committed only after its record is processed.
 */
final class EventConsumer {

    private static final Logger log = LoggerFactory.getLogger(EventConsumer.class);
    private static final int COMMIT_BATCH = 50;
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);

    /** At a stop, records in progress have this long to finish; after that, another instance processes them. */
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(5);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

    /** Each assigned partition is a separate group; with more partitions than this, an instance would stall. */
    private static final int MAX_PARTITIONS = 512;

    /**
     * @param name the consumer group of a shared subscription, without the prefix
     * @param topics the topics to read, by their names in Kafka
     * @param alsoNeeded topics that must exist before reading starts
     */
    record Reading(String name, Mode mode, List<String> topics, List<String> alsoNeeded) {}

    private final Reading reading;
    private final RecordHandler work;
    private final KafkaProperties kafka;
    private final TopicSetup topics;
    private final TraceCarrier traces;

    private final CloseAwareConsumerFactory consumers = new CloseAwareConsumerFactory();
    private final InFlightWork inHand = new InFlightWork();
    private final Disposable.Swap running = Disposables.swap();

    EventConsumer(Reading reading, RecordHandler work, KafkaProperties kafka, TopicSetup topics, TraceCarrier traces) {
        this.reading = reading;
        this.work = work;
        this.kafka = kafka;
        this.topics = topics;
        this.traces = traces;
    }

    /** Starts consuming, until {@link #stop()}. Call it once. */
    void start() {
        running.update(topics.ensure(Stream.concat(reading.topics().stream(), reading.alsoNeeded().stream())
                        .toList())
                .flatMapMany(this::receive)
                .doOnError(error -> log.warn("{} failed and will reconnect: {}", reading.name(), error.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, EventHandling.FIRST_RETRY)
                        .maxBackoff(EventHandling.LONGEST_RETRY))
                .subscribe());
    }

    /**
     * Accepts no new records. Completes when records in progress are processed and committed and the consumer has left
     * its group, or after a timeout.
     */
    Mono<Void> stop() {
        return within(FINISH_WITHIN, "finish its events in progress", inHand.stop())
                .then(Mono.<Void>fromRunnable(running::dispose))
                .then(within(CLOSE_WITHIN.plusSeconds(1), "leave its consumer group", consumers.closed()));
    }

    private Mono<Void> within(Duration time, String what, Mono<Void> step) {
        return step.timeout(time, Mono.fromRunnable(() -> log.warn("{} could not {}", reading.name(), what)));
    }

    private Flux<Void> receive(List<TopicPartition> partitions) {
        return KafkaReceiver.create(consumers, options(partitions))
                .receive()
                .groupBy(received -> received.receiverOffset().topicPartition())
                .flatMap(
                        partition -> partition
                                .publishOn(Schedulers.parallel())
                                .concatMap(received -> inHand.unlessStopping(process(received)), 0),
                        MAX_PARTITIONS);
    }

    private Mono<Void> process(ReceiverRecord<String, byte[]> received) {
        String traceparent = CloudEventHeaders.text(received.headers(), TraceContext.TRACEPARENT);
        return traces.resume(traceparent, "event.handle", work.process(received))
                .then(Mono.fromRunnable(() -> done(received)));
    }

    /** A broadcast has no consumer group, so there is no offset to commit. */
    private void done(ReceiverRecord<String, byte[]> received) {
        if (reading.mode() == Mode.SHARED) {
            received.receiverOffset().acknowledge();
        }
    }

    private ReceiverOptions<String, byte[]> options(List<TopicPartition> partitions) {
        var settings = kafka.clientSettings(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.servers(),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                COMMIT_BATCH,
                ConsumerConfig.CLIENT_ID_CONFIG,
                reading.name()));
        if (reading.mode() == Mode.BROADCAST) {
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
            return ReceiverOptions.<String, byte[]>create(settings)
                    .commitInterval(Duration.ZERO)
                    .commitBatchSize(0)
                    .closeTimeout(CLOSE_WITHIN)
                    .addAssignListener(assigned -> assigned.forEach(ReceiverPartition::seekToEnd))
                    .assignment(partitions.stream()
                            .filter(partition -> reading.topics().contains(partition.topic()))
                            .toList());
        }
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.inKafka(reading.name()));
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return ReceiverOptions.<String, byte[]>create(settings)
                .commitInterval(COMMIT_INTERVAL)
                .commitBatchSize(COMMIT_BATCH)
                .closeTimeout(CLOSE_WITHIN)
                .subscription(reading.topics());
    }
}
