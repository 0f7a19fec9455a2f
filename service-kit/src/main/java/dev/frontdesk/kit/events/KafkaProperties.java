package dev.frontdesk.kit.events;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param servers host:port, comma-separated; KAFKA_SERVERS
 * @param partitions of a topic that has to be made; more later is Kafka's own doing
 * @param deliveryTimeout how long the publisher tries one event before it stays in the outbox
 */
@ConfigurationProperties("frontdesk.kafka")
public record KafkaProperties(
        String servers,
        @DefaultValue("6") int partitions,
        @DefaultValue("10s") Duration deliveryTimeout) {}
