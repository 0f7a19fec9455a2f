package dev.frontdesk.kit.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param servers host:port, comma-separated; KAFKA_SERVERS
 * @param partitions number of partitions of a new topic; to add more later, use Kafka itself
 * @param deliveryTimeout how long the publisher tries to send an event; after that it stays in the outbox
 * @param properties additional settings of Kafka's own clients, such as {@code security.protocol}, for TLS and
 *     passwords
 */
@ConfigurationProperties("frontdesk.kafka")
public record KafkaProperties(
        String servers,
        @DefaultValue("6") int partitions,
        @DefaultValue("10s") Duration deliveryTimeout,
        @DefaultValue Map<String, String> properties) {

    /** The settings of one client: ours override those that an operator adds. */
    Map<String, Object> clientSettings(Map<String, Object> ours) {
        var settings = new HashMap<String, Object>(properties);
        settings.putAll(ours);
        return settings;
    }

    /** Without the properties, which may hold a password. */
    @Override
    public String toString() {
        return "KafkaProperties[servers=" + servers + ", partitions=" + partitions + ", deliveryTimeout="
                + deliveryTimeout + "]";
    }
}
