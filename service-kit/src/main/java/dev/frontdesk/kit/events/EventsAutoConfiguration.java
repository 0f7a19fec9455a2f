package dev.frontdesk.kit.events;

import dev.frontdesk.kit.tracing.TraceCarrier;
import dev.frontdesk.kit.tracing.TracingAutoConfiguration;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Publishing and consuming for the services that name a Kafka ({@code frontdesk.kafka.servers}). */
@AutoConfiguration(after = TracingAutoConfiguration.class)
@ConditionalOnProperty("frontdesk.kafka.servers")
@EnableConfigurationProperties(KafkaProperties.class)
public class EventsAutoConfiguration {

    @Bean
    EventCodec eventCodec() {
        return new EventCodec();
    }

    @Bean
    EventRecorder eventRecorder(EventCodec codec, TraceCarrier traces, Clock clock) {
        return new EventRecorder(codec, traces, clock);
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
    EventConsumers eventConsumers(
            ObjectProvider<EventSubscription> subscriptions,
            KafkaProperties kafka,
            TopicSetup topics,
            EventCodec codec,
            EventPublisher publisher,
            TraceCarrier traces) {
        return new EventConsumers(
                subscriptions.stream().toList(),
                subscription -> new EventConsumer(subscription, kafka, topics, codec, publisher, traces));
    }
}
