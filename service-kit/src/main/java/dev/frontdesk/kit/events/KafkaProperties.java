package dev.frontdesk.kit.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param servers host:port, comma-separated; KAFKA_SERVERS
 * @param partitions number of partitions of a new topic; to add more later, use Kafka itself
 * @param deliveryTimeout how long the publisher tries to send an event; after that it stays in the outbox
 * @param topicPrefix begins the name of every topic and consumer group, so that several installations can share a Kafka
 *     cluster; letters, digits, {@code .}, {@code _} and {@code -}, at most 50; empty by default
 * @param properties additional settings of Kafka's own clients, such as {@code security.protocol}, for TLS and
 *     passwords
 */
@ConfigurationProperties("frontdesk.kafka")
public record KafkaProperties(
        String servers,
        @DefaultValue("6") int partitions,
        @DefaultValue("10s") Duration deliveryTimeout,
        @DefaultValue("") String topicPrefix,
        @DefaultValue Map<String, String> properties) {

    private static final Pattern TOPIC_PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,50}");

    public KafkaProperties {
        if (!TOPIC_PREFIX.matcher(topicPrefix).matches()) {
            throw new IllegalArgumentException(
                    "frontdesk.kafka.topic-prefix: at most 50 letters, digits, '.', '_' or '-'");
        }
    }

    /** The name that a topic or a consumer group has in Kafka. */
    String inKafka(String name) {
        return topicPrefix + name;
    }

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
                + deliveryTimeout + ", topicPrefix=" + topicPrefix + "]";
    }
}
