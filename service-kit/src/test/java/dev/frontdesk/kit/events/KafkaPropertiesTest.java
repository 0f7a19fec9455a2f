package dev.frontdesk.kit.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @Test
    void beginsEveryNameInKafkaWithThePrefix() {
        var prefixed = bound(Map.of(
                "FRONTDESK_KAFKA_SERVERS", "kafka:9092",
                "FRONTDESK_KAFKA_TOPICPREFIX", "staging."));
        assertThat(prefixed.inKafka("account.events.v1")).isEqualTo("staging.account.events.v1");
        assertThat(bound(Map.of("FRONTDESK_KAFKA_SERVERS", "kafka:9092")).inKafka("account.events.v1"))
                .isEqualTo("account.events.v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging/", "two words", "prüf.", "a23456789012345678901234567890123456789012345678901"})
    void refusesAPrefixThatKafkaWouldRefuse(String prefix) {
        var variables =
                Map.<String, Object>of("FRONTDESK_KAFKA_SERVERS", "kafka:9092", "FRONTDESK_KAFKA_TOPICPREFIX", prefix);
        assertThatThrownBy(() -> bound(variables))
                .rootCause()
                .hasMessageContaining("frontdesk.kafka.topic-prefix: at most 50");
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
