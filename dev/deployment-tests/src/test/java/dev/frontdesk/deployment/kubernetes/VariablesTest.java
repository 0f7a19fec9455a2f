package dev.frontdesk.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.services.Service;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VariablesTest {

    private final Manifests right = Rendering.LOCAL.manifests();

    @ParameterizedTest
    @EnumSource
    void servicesAreGivenWhatTheyRequireAndNothingThatTheyDoNotRead(Rendering rendering) {
        assertThat(Variables.faultsIn(rendering.manifests())).isEmpty();
    }

    @Test
    void seesAnUnreadVariable() {
        assertThat(Variables.faultsIn(given("FRONTDESK_CACHE_ENTRIES_DEFAULT_TTL", "5m")))
                .containsExactly("cache-service does not read FRONTDESK_CACHE_ENTRIES_DEFAULT_TTL");
        assertThat(Variables.faultsIn(given("FRONTDESK_GATEWAY_LIMITS_ANSWERWITHIN", "1s")))
                .containsExactly("cache-service does not read FRONTDESK_GATEWAY_LIMITS_ANSWERWITHIN");
    }

    @Test
    void knowsPropertiesInTheirEnvironmentForm() {
        assertThat(Variables.faultsIn(given("FRONTDESK_CACHE_ENTRIES_DEFAULTTTL", "5m")))
                .isEmpty();
        assertThat(Variables.faultsIn(given("SPRING_DATA_REDIS_TIMEOUT", "1s"))).isEmpty();
        assertThat(Variables.faultsIn(given("LOGGING_LEVEL_ROOT", "warn"))).isEmpty();
        assertThat(Service.GATEWAY.reads("FRONTDESK_GATEWAY_TRUSTEDPROXIES_0")).isTrue();
        assertThat(Service.REGISTRATION_SERVICE.reads("FRONTDESK_REGISTRATION_CLIENTLIMIT_RANGES_0_NETWORKS"))
                .isTrue();
        assertThat(Service.REGISTRATION_SERVICE.reads("FRONTDESK_REGISTRATION_CLIENTLIMIT_RANGES_NETWORKS"))
                .isFalse();
    }

    @Test
    void seesARequiredVariableThatIsMissing() {
        assertThat(Variables.faultsIn(right.withContainer(Service.CACHE_SERVICE, container -> {
                    var env = (ArrayNode) container.get("env");
                    for (int i = 0; i < env.size(); i++) {
                        if (env.get(i).get("name").asText().equals("REDIS_URL")) {
                            env.remove(i);
                        }
                    }
                })))
                .containsExactly("cache-service is not given REDIS_URL");
    }

    @Test
    void seesARequiredVariableThatMayBeMissing() {
        assertThat(Variables.faultsIn(right.withContainer(
                        Service.CACHE_SERVICE,
                        container -> container.get("env").forEach(variable -> {
                            if (variable.get("name").asText().equals("REDIS_URL")) {
                                ((ObjectNode) variable.at("/valueFrom/secretKeyRef")).put("optional", true);
                            }
                        }))))
                .containsExactly("cache-service is not given REDIS_URL");
    }

    @ParameterizedTest
    @EnumSource
    void secretsStandInSecretsAlone(Rendering rendering) {
        assertThat(Variables.faultsOfSecrets(rendering.manifests())).isEmpty();
    }

    @Test
    void seesASecretThatStandsInTheOpen() {
        assertThat(Variables.faultsOfSecrets(given("FRONTDESK_IDENTITY_KEY", "x")))
                .containsExactly(
                        "Deployment cache-service takes FRONTDESK_IDENTITY_KEY from somewhere else than a Secret");

        var configMap = right.ofKind("ConfigMap").findFirst().orElseThrow();
        String password = password();
        assertThat(Variables.faultsOfSecrets(right.with(
                        "ConfigMap",
                        configMap.name(),
                        it -> ((ObjectNode) it.get("data")).put("KAFKA_SERVERS", "user:" + password + "@kafka:9092"))))
                .containsExactly("ConfigMap " + configMap.name() + " holds the value of a Secret");
    }

    private String password() {
        return Objects.requireNonNull(
                right.ofKind("Secret").findFirst().orElseThrow().secrets().get("REDIS_PASSWORD"));
    }

    private Manifests given(String name, String value) {
        return right.withContainer(
                Service.CACHE_SERVICE,
                container ->
                        container.withArray("env").addObject().put("name", name).put("value", value));
    }
}
