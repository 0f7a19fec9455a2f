package dev.frontdesk.kit.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class KafkaPropertiesTest {

    @Test
    void passesOnWhatOnlyKafkasClientsKnow() {
        var kafka = bound(Map.of(
                "FRONTDESK_KAFKA_SERVERS", "kafka:9093",
                "FRONTDESK_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SASL_SSL",
                "FRONTDESK_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", "password=hidden",
                "FRONTDESK_KAFKA_PROPERTIES_ACKS", "0"));

        assertThat(kafka.clientSettings(Map.of("acks", "all")))
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "password=hidden")
                .containsEntry("acks", "all");
        assertThat(kafka).asString().contains("kafka:9093").doesNotContain("hidden");
    }

    @Test
    void needsNothingOfIt() {
        assertThat(bound(Map.of("FRONTDESK_KAFKA_SERVERS", "kafka:9092")).clientSettings(Map.of("acks", "all")))
                .isEqualTo(Map.of("acks", "all"));
    }

    private static KafkaProperties bound(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment)
                .bind("frontdesk.kafka", KafkaProperties.class)
                .get();
    }
}
