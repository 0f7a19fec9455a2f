package dev.frontdesk.loadtests.signups;

import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.kit.secrets.SealedSecrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The codes, read from the events for the mails. */
public final class Codes implements AutoCloseable {

    private static final Duration COME_WITHIN = Duration.ofSeconds(20);

    private final JsonMapper json = new JsonMapper();
    private final SealedSecrets secrets;
    private final KafkaConsumer<String, String> consumer;
    private final Map<String, String> codes = new HashMap<>();

    public Codes(String servers, String eventsKey) {
        this.secrets = new SealedSecrets(eventsKey);
        var settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.ACCOUNT_EVENTS).stream()
                .map(it -> new TopicPartition(it.topic(), it.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** @return the newest code of each of these addresses that got one in time */
    public Map<String, String> of(Set<String> addresses) {
        long end = System.nanoTime() + COME_WITHIN.toNanos();
        while (!codes.keySet().containsAll(addresses) && System.nanoTime() < end) {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                var type = record.headers().lastHeader("ce_type");
                if (type != null
                        && new String(type.value(), StandardCharsets.UTF_8)
                                .equals("dev.frontdesk.account.verification-requested.v1")) {
                    remember(json.readTree(record.value()));
                }
            });
        }
        var found = new HashMap<>(codes);
        found.keySet().retainAll(addresses);
        codes.clear();
        return found;
    }

    private void remember(JsonNode event) {
        String purpose = "verification-code:" + event.get("registration_id").asString();
        codes.put(
                event.get("email").asString(),
                secrets.open(event.get("sealed_code").asString(), purpose));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
