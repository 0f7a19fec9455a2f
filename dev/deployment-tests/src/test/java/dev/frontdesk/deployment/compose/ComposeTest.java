package dev.frontdesk.deployment.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.services.ManifestCopy;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComposeTest {

    private static final Set<String> MADE = ManifestCopy.secretsOfCompose().keySet();

    private final Compose right = Compose.read();

    @Test
    void runsTheFiveServicesAndExactlyTheseImages() {
        assertThat(ComposeRules.images(right)).isEmpty();
    }

    @Test
    void seesAnotherImage() {
        assertThat(ComposeRules.images(right.with("redis", it -> it.put("image", "redis:latest"))))
                .containsExactly("redis runs redis:latest");
    }

    @Test
    void servicesAreGivenWhatTheyRequireAndNothingThatTheyDoNotRead() {
        assertThat(ComposeRules.variables(right)).isEmpty();
    }

    @Test
    void seesAWrongAndAMissingVariable() {
        assertThat(ComposeRules.variables(right.with("cache-service", it -> {
                    environment(it).put("REDIS_URI", "redis://redis:6379");
                    environment(it).remove("REDIS_URL");
                })))
                .containsExactly("cache-service does not read REDIS_URI", "cache-service is not given REDIS_URL");
    }

    @Test
    void everySecretIsOneThatWasMade() {
        assertThat(ComposeRules.secrets(right, MADE)).isEmpty();
    }

    @Test
    void seesASecretThatIsWrittenOut() {
        assertThat(ComposeRules.secrets(
                        right.with("redis", it -> environment(it).put("REDIS_PASSWORD", "frontdesk")), MADE))
                .containsExactly("redis has REDIS_PASSWORD written out, or a default for it");
        assertThat(ComposeRules.secrets(
                        right.with(
                                "cache-service",
                                it -> environment(it)
                                        .put("REDIS_URL", "redis://:${REDIS_PASSWORD:-frontdesk}@redis:6379")),
                        MADE))
                .containsExactly("cache-service has REDIS_URL written out, or a default for it");
        assertThat(ComposeRules.secrets(
                        right.with(
                                "gateway", it -> environment(it).put("FRONTDESK_OPERATOR_KEY", "${OPERATOR:?make it}")),
                        MADE))
                .containsExactly("gateway wants OPERATOR, which dev/make-secrets does not write");
    }

    @Test
    void everythingIsWaitedForUntilItIsHealthy() {
        assertThat(ComposeRules.health(right)).isEmpty();
    }

    @Test
    void seesAMissingHealthcheckOrWait() {
        assertThat(ComposeRules.health(right.with("kafka", it -> it.remove("healthcheck"))))
                .containsExactly("kafka has no healthcheck");
        assertThat(ComposeRules.health(right.with(
                        "cache-service",
                        it -> ((ObjectNode) it.at("/depends_on/redis")).put("condition", "service_started"))))
                .containsExactly("cache-service does not wait until what it needs is healthy");
        assertThat(ComposeRules.health(right.with(
                        "registration-service", it -> ((ObjectNode) it.get("depends_on")).remove("postgres"))))
                .containsExactly("registration-service does not wait for postgres");
    }

    @Test
    void everyContainerHasAMemoryLimit() {
        assertThat(ComposeRules.limits(right)).isEmpty();
        assertThat(ComposeRules.limits(right.with("kafka", it -> it.remove("mem_limit"))))
                .containsExactly("kafka may take all memory");
    }

    @Test
    void onlyTheGatewayAndTheMailPageArePublished() {
        assertThat(ComposeRules.ports(right)).isEmpty();
    }

    @Test
    void seesAnotherPublishedPort() {
        assertThat(ComposeRules.ports(
                        right.with("redis", it -> it.putArray("ports").add("6379:6379"))))
                .contains("redis publishes a port");
        assertThat(ComposeRules.ports(right.with("gateway", it -> ((ArrayNode) it.get("ports")).add("9090:9090"))))
                .containsExactly("gateway publishes another port than its 8080");
        assertThat(ComposeRules.ports(
                        right.with("mail", it -> it.putArray("ports").add("18025:8080"))))
                .containsExactly("mail publishes its inbox to the network");
    }

    @Test
    void storesKeepTheirDataInNamedVolumes() {
        assertThat(ComposeRules.volumes(right)).isEmpty();
        assertThat(ComposeRules.volumes(
                        right.with("postgres", it -> it.putArray("volumes").add("./data:/var/lib/postgresql/data"))))
                .containsExactly("postgres keeps its data in no named volume");
    }

    @Test
    void ourContainersWriteToTmpAlone() {
        assertThat(ComposeRules.writing(right)).isEmpty();
        assertThat(ComposeRules.writing(right.with("gateway", it -> {
                    it.put("read_only", false);
                    it.remove("tmpfs");
                    it.remove("cap_drop");
                })))
                .containsExactly(
                        "gateway may write to its image",
                        "gateway has no /tmp of its own",
                        "gateway keeps capabilities");
    }

    @Test
    void tlsIsOneFolderThatOnlyTheGatewayReads() {
        Compose added = Compose.tls();
        JsonNode gateway = added.file().at("/services/gateway");

        assertThat(added.services()).containsOnlyKeys("gateway");
        assertThat(gateway.at("/volumes/0").asText()).matches("\\$\\{GATEWAY_TLS:\\?.+}:/tls:ro");
        assertThat(Compose.environment(gateway))
                .containsOnlyKeys("FRONTDESK_GATEWAY_TLS_CERTIFICATE", "FRONTDESK_GATEWAY_TLS_KEY")
                .allSatisfy((_, file) -> assertThat(file).startsWith("/tls/"));
        assertThat(right.file().at("/services/gateway/environment").toString()).doesNotContain("TLS");
    }

    /** Redis holds sessions, codes and limits: an eviction would log people out or bypass a limit. */
    @Test
    void redisEvictsNothing() {
        String command = right.file().at("/services/redis/command").toString();

        assertThat(command).containsPattern("--maxmemory-policy noeviction\\b").contains("--maxmemory ");
    }

    /** Error details of a failed statement would contain values of the row: addresses and names of people. */
    @Test
    void postgresLogsNoValuesOfRows() {
        assertThat(right.file().at("/services/postgres/command").toString()).contains("log_error_verbosity=terse");
    }

    @Test
    void noKeyStandsTwice() {
        assertThatThrownBy(() -> Compose.of("services: {}\nservices: {}")).hasMessageContaining("duplicate key");
    }

    private static ObjectNode environment(ObjectNode service) {
        return (ObjectNode) service.get("environment");
    }
}
