package dev.frontdesk.kit.events;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Creates the topics that a subscription needs, and retries until Kafka is available. */
final class TopicSetup {

    private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);
    private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaProperties kafka;

    /** Creating and closing an admin client blocks; two threads are enough for a few topics at the start. */
    private final Scheduler blocking = Schedulers.newBoundedElastic(2, 64, "kafka-admin", 10, true);

    TopicSetup(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    /** @return the partitions of these topics, once they all exist */
    Mono<List<TopicPartition>> ensure(Collection<String> topics) {
        return Mono.usingWhen(
                        Mono.fromSupplier(this::admin).subscribeOn(blocking),
                        admin -> Flux.fromIterable(topics)
                                .concatMap(topic -> create(admin, topic))
                                .then(partitionsOf(admin, topics)),
                        admin -> Mono.<Void>fromRunnable(() -> admin.close(ADMIN_TIMEOUT))
                                .subscribeOn(blocking))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(5))
                        .doBeforeRetry(signal -> log.warn(
                                "Kafka is not reachable yet ({}); retrying",
                                signal.failure().toString())));
    }

    private Mono<Void> create(Admin admin, String topic) {
        var created = admin.createTopics(
                        List.of(new NewTopic(topic, Optional.of(kafka.partitions()), Optional.empty())))
                .all()
                .toCompletionStage();
        return Mono.fromCompletionStage(created)
                .onErrorResume(error -> isExisting(error) ? Mono.empty() : Mono.error(error));
    }

    private static Mono<List<TopicPartition>> partitionsOf(Admin admin, Collection<String> topics) {
        return Mono.defer(() -> Mono.fromCompletionStage(
                        admin.describeTopics(topics).allTopicNames().toCompletionStage()))
                .map(found -> found.values().stream()
                        .flatMap(topic -> topic.partitions().stream()
                                .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                        .toList());
    }

    private static boolean isExisting(Throwable error) {
        Throwable cause = error instanceof ExecutionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof TopicExistsException;
    }

    private Admin admin() {
        return Admin.create(kafka.clientSettings(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.servers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ADMIN_TIMEOUT.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ADMIN_TIMEOUT.toMillis())));
    }
}
