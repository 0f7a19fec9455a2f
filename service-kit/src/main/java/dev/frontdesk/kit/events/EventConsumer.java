package dev.frontdesk.kit.events;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.kit.drain.WorkInHand;
import dev.frontdesk.kit.events.EventSubscription.Mode;
import dev.frontdesk.kit.outage.Outages;
import dev.frontdesk.kit.tracing.TraceCarrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
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
 * The one place that reads from Kafka. Partitions run beside each other, the records of one partition one after the other;
 * an offset is committed only after the effect. What can't be read or handled is parked with its reason in the dead
 * letters, and the ones behind it go on.
 */
final class EventConsumer {

    private static final Logger log = LoggerFactory.getLogger(EventConsumer.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    private static final int ATTEMPTS_BEFORE_PARKING = 3;
    private static final int COMMIT_BATCH = 50;
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);

    /** What is in hand at a stop is tried to the end for as long; then somebody else gets it. */
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(5);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

    /** Every assigned partition is a group of its own; more than these on one instance would stall. */
    private static final int MAX_PARTITIONS = 512;

    private final EventSubscription subscription;
    private final KafkaProperties kafka;
    private final TopicSetup topics;
    private final EventCodec codec;
    private final EventPublisher publisher;
    private final TraceCarrier traces;

    private final ConsumersThatTell consumers = new ConsumersThatTell();
    private final WorkInHand inHand = new WorkInHand();
    private final Disposable.Swap running = Disposables.swap();

    EventConsumer(
            EventSubscription subscription,
            KafkaProperties kafka,
            TopicSetup topics,
            EventCodec codec,
            EventPublisher publisher,
            TraceCarrier traces) {
        this.subscription = subscription;
        this.kafka = kafka;
        this.topics = topics;
        this.codec = codec;
        this.publisher = publisher;
        this.traces = traces;
    }

    /** Once; from then on until {@link #stop()}. */
    void start() {
        running.update(topics.ensure(neededTopics())
                .flatMapMany(this::receive)
                .doOnError(error -> log.warn("{} lost its connection: {}", subscription.name(), error.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY).maxBackoff(LONGEST_RETRY))
                .subscribe());
    }

    /** Takes nothing new, and ends when what was in hand is done and committed and the group is left, or is given up. */
    Mono<Void> stop() {
        return within(FINISH_WITHIN, "finish what it has in hand", inHand.stop())
                .then(Mono.<Void>fromRunnable(running::dispose))
                .then(within(CLOSE_WITHIN.plusSeconds(1), "leave its group", consumers.closed()));
    }

    private Mono<Void> within(Duration time, String what, Mono<Void> step) {
        return step.timeout(time, Mono.fromRunnable(() -> log.warn("{} could not {}", subscription.name(), what)));
    }

    private List<String> neededTopics() {
        var needed = new ArrayList<>(subscription.topics());
        if (subscription.mode() == Mode.SHARED) {
            subscription.topics().forEach(topic -> needed.add(Topics.deadLettersOf(topic, subscription.name())));
        }
        return needed;
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
        Mono<Void> work = Mono.defer(() -> handle(received))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                        .maxBackoff(LONGEST_RETRY)
                        .filter(Outages::isBehind)
                        .transientErrors(true)
                        .doBeforeRetry(signal -> log.warn(
                                "{} waits for a part that is away: {}",
                                subscription.name(),
                                signal.failure().toString())))
                .onErrorResume(error -> park(received, error));
        String traceparent = CloudEventHeaders.text(received.headers(), TraceCarrier.TRACEPARENT);
        return traces.resume(traceparent, "event.handle", work).then(Mono.fromRunnable(() -> done(received)));
    }

    /** A broadcast has no group whose place could be kept. */
    private void done(ReceiverRecord<String, byte[]> received) {
        if (subscription.mode() == Mode.SHARED) {
            received.receiverOffset().acknowledge();
        }
    }

    private Mono<Void> handle(ReceiverRecord<String, byte[]> received) {
        var type = EventType.named(CloudEventHeaders.required(received.headers(), CloudEventHeaders.TYPE));
        if (type.isEmpty()) {
            return Mono.empty();
        }
        var event = new ReceivedEvent(
                CloudEventHeaders.id(received.headers()),
                CloudEventHeaders.time(received.headers()),
                codec.read(type.get(), received.value()));
        return Mono.defer(() -> subscription.handler().apply(event))
                .doOnSubscribe(_ -> log.debug("{} {}", type.get().ceType(), event.id()))
                .retryWhen(Retry.backoff(ATTEMPTS_BEFORE_PARKING - 1L, FIRST_RETRY)
                        .filter(error -> !Outages.isBehind(error))
                        .onRetryExhaustedThrow((_, signal) -> signal.failure()));
    }

    private Mono<Void> park(ReceiverRecord<String, byte[]> received, Throwable reason) {
        log.error(
                "{} can't handle {}-{}@{}",
                subscription.name(),
                received.topic(),
                received.partition(),
                received.offset(),
                reason);
        if (subscription.mode() == Mode.BROADCAST) {
            return Mono.empty();
        }
        var letter = new ProducerRecord<>(
                Topics.deadLettersOf(received.topic(), subscription.name()), received.key(), received.value());
        received.headers().forEach(letter.headers()::add);
        // The class alone: a message may quote the data, and dead letters are read by people.
        CloudEventHeaders.add(letter.headers(), "dlt_reason", reason.getClass().getName());
        CloudEventHeaders.add(letter.headers(), "dlt_topic", received.topic());
        CloudEventHeaders.add(letter.headers(), "dlt_partition", Integer.toString(received.partition()));
        CloudEventHeaders.add(letter.headers(), "dlt_offset", Long.toString(received.offset()));
        return publisher
                .publishRaw(letter)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY).maxBackoff(LONGEST_RETRY));
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
                subscription.name()));
        if (subscription.mode() == Mode.BROADCAST) {
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
            return ReceiverOptions.<String, byte[]>create(settings)
                    .commitInterval(Duration.ZERO)
                    .commitBatchSize(0)
                    .closeTimeout(CLOSE_WITHIN)
                    .addAssignListener(assigned -> assigned.forEach(ReceiverPartition::seekToEnd))
                    .assignment(partitions.stream()
                            .filter(partition -> subscription.topics().contains(partition.topic()))
                            .toList());
        }
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, subscription.name());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return ReceiverOptions.<String, byte[]>create(settings)
                .commitInterval(COMMIT_INTERVAL)
                .commitBatchSize(COMMIT_BATCH)
                .closeTimeout(CLOSE_WITHIN)
                .subscription(subscription.topics());
    }
}
