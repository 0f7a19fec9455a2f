package dev.frontdesk.kit.events;

import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.kit.events.EventConsumer.Reading;
import dev.frontdesk.kit.events.EventSubscription.Mode;
import dev.frontdesk.kit.metrics.MetricsAutoConfiguration;
import dev.frontdesk.kit.metrics.MetricsProperties;
import dev.frontdesk.kit.tracing.TraceCarrier;
import dev.frontdesk.kit.tracing.TracingAutoConfiguration;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** Publishes and consumes events in services that configure Kafka ({@code frontdesk.kafka.servers}). */
@AutoConfiguration(after = {TracingAutoConfiguration.class, MetricsAutoConfiguration.class})
@ConditionalOnProperty("frontdesk.kafka.servers")
@EnableConfigurationProperties(KafkaProperties.class)
public class EventsAutoConfiguration {

    @Bean
    EventCodec eventCodec() {
        return new EventCodec();
    }

    @Bean
    EventRecorder eventRecorder(EventCodec codec, Clock clock) {
        return new EventRecorder(codec, clock);
    }

    @Bean
    TopicSetup topicSetup(KafkaProperties kafka) {
        return new TopicSetup(kafka);
    }

    @Bean
    KafkaHealth kafkaHealth(KafkaProperties kafka) {
        return new KafkaHealth(kafka);
    }

    @Bean
    EventPublisher eventPublisher(
            KafkaProperties kafka, TopicSetup topics, @Value("${spring.application.name}") String service) {
        return new EventPublisher(kafka, topics, service);
    }

    @Bean
    DeadLetterPublisher deadLetterBox(EventPublisher publisher) {
        return new DeadLetterPublisher(publisher);
    }

    @Bean
    EventConsumers eventConsumers(
            ObjectProvider<EventSubscription> subscriptions,
            ObjectProvider<DeadLetterSubscription> deadLetterSubscriptions,
            KafkaProperties kafka,
            TopicSetup topics,
            EventCodec codec,
            DeadLetterPublisher deadLetters,
            TraceCarrier traces) {
        var all = subscriptions.stream().toList();
        return new EventConsumers(() -> Stream.concat(
                        all.stream()
                                .map(it -> new EventConsumer(
                                        reading(kafka, it),
                                        new EventHandling(it, codec, deadLetters),
                                        kafka,
                                        topics,
                                        traces)),
                        deadLetterSubscriptions.stream()
                                .map(it -> new EventConsumer(
                                        new Reading(
                                                it.name(),
                                                Mode.SHARED,
                                                List.copyOf(groupsOfDeadLetters(kafka, all)
                                                        .keySet()),
                                                List.of()),
                                        new DeadLetterHandling(it, groupsOfDeadLetters(kafka, all)),
                                        kafka,
                                        topics,
                                        traces)))
                .toList());
    }

    @Bean
    EventReplays eventReplays(
            ObjectProvider<EventSubscription> subscriptions,
            EventCodec codec,
            DeadLetterPublisher deadLetters,
            TraceCarrier traces) {
        return new EventReplays(
                subscriptions.stream()
                        .filter(it -> it.mode() == Mode.SHARED)
                        .collect(Collectors.toMap(
                                EventSubscription::name, it -> new EventHandling(it, codec, deadLetters))),
                traces);
    }

    @Bean
    @ConditionalOnBean(RedisOutbox.class)
    OutboxMetrics redisOutboxMetrics(RedisOutbox outbox, ReactiveStringRedisTemplate redis, MetricsProperties metrics) {
        return new OutboxMetrics(outbox.feature(), new RedisOutboxBacklog(outbox, redis).read(), metrics.interval());
    }

    private static Reading reading(KafkaProperties kafka, EventSubscription subscription) {
        return new Reading(
                subscription.name(),
                subscription.mode(),
                subscription.topics().stream().map(kafka::inKafka).toList(),
                List.copyOf(groupsOfDeadLetters(kafka, List.of(subscription)).keySet()));
    }

    /** Subscription names, keyed by dead-letter topic. */
    private static Map<String, String> groupsOfDeadLetters(
            KafkaProperties kafka, List<EventSubscription> subscriptions) {
        return subscriptions.stream()
                .filter(it -> it.mode() == Mode.SHARED)
                .flatMap(it -> it.topics().stream()
                        .map(topic -> Map.entry(Topics.deadLettersOf(kafka.inKafka(topic), it.name()), it.name())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
