package dev.frontdesk.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.services.Repository;
import dev.frontdesk.deployment.services.Service;
import dev.frontdesk.deployment.services.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class RenderingTest {

    /** Not rendered: starting points for operators whose types are not part of Kubernetes. */
    static final List<Path> EXAMPLES =
            Repository.filesIn(Repository.ROOT.resolve("k8s/overlays/production/examples")).stream()
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .toList();

    @ParameterizedTest
    @EnumSource
    void eachRunsAllFiveServices(Rendering rendering) {
        assertThat(rendering.manifests().services()).hasSize(Service.values().length);
    }

    /** So that these tests mean the same without kubectl. */
    @ParameterizedTest
    @EnumSource
    void ourOwnReaderUnderstandsItAsKubectlDoes(Rendering rendering) {
        assumeTrue(Rendering.hasKubectl(), "There is no kubectl to compare with");

        assertThat(withoutHashes(rendering.byOurselves())).isEqualTo(withoutHashes(rendering.byKubectl()));
    }

    /** All checks that are possible without the operators' types. */
    @ParameterizedTest
    @FieldSource("EXAMPLES")
    void theExamplesAreObjectsWithNames(Path example) {
        var objects = Manifests.of(Repository.text(example));

        assertThat(objects.all()).isNotEmpty().allSatisfy(object -> {
            assertThat(object.apiVersion()).isNotEmpty();
            assertThat(object.kind()).isNotEmpty();
            assertThat(object.name()).isNotEmpty();
        });
    }

    /** Redis holds sessions, codes and limits: an eviction would log people out or bypass a limit. */
    @Test
    void redisEvictsNothing() {
        var local = Rendering.LOCAL.manifests().find("StatefulSet", "redis").orElseThrow();

        assertThat(local.pod().toString())
                .contains("--maxmemory-policy noeviction")
                .contains("--maxmemory ");
        assertThat(Repository.text("k8s/overlays/production/examples/redis.yaml"))
                .contains("maxmemory-policy noeviction");
    }

    /** Error details of a failed statement would contain values of the row: addresses and names of people. */
    @Test
    void postgresLogsNoValuesOfRows() {
        var local = Rendering.LOCAL.manifests().find("StatefulSet", "postgres").orElseThrow();

        assertThat(local.pod().toString()).contains("log_error_verbosity=terse");
        assertThat(Repository.text("k8s/overlays/production/examples/postgres.yaml"))
                .contains("log_error_verbosity: terse");
    }

    @Test
    void noKeyStandsTwiceInAManifest() {
        assertThat(Repository.filesIn(Repository.ROOT.resolve("k8s")))
                .filteredOn(file -> file.toString().endsWith(".yaml"))
                .allSatisfy(file ->
                        assertThat(Yaml.documents(Repository.text(file))).isNotEmpty());
    }

    @Test
    void theServicesTakeTheSecretsThatAreMade() {
        var secret = Rendering.LOCAL.manifests().ofKind("Secret").findFirst().orElseThrow();

        for (Service service : Service.values()) {
            assertThat(service.list().variables())
                    .filteredOn(
                            variable -> variable.required() && variable.kind().isSecret())
                    .allSatisfy(variable -> assertThat(variable.kind()
                                    .fault(Objects.requireNonNull(
                                            secret.secrets().get(variable.name()))))
                            .isEmpty());
        }
    }

    @Test
    void theServicesRefuseTheSecretsOfTheExample() {
        var secret = Manifests.of(Repository.text("k8s/overlays/production/examples/secret.yaml"))
                .all()
                .getFirst();

        for (Service service : Service.values()) {
            assertThat(service.list().variables())
                    .filteredOn(
                            variable -> variable.required() && variable.kind().isSecret())
                    .allSatisfy(variable -> assertThat(variable.kind()
                                    .fault(secret.at("/stringData/" + variable.name())
                                            .asText()))
                            .isPresent());
        }
    }

    /** Each object by its title; kubectl appends a hash of the content to generated names. */
    private static Map<String, JsonNode> withoutHashes(Manifests manifests) {
        var objects = new TreeMap<String, JsonNode>();
        for (Manifest manifest : manifests.all()) {
            if (manifest.kind().equals("Secret")) {
                manifest.secrets().forEach(((ObjectNode) manifest.at("/data"))::put);
            }
            String text = manifest.tree().toString().replaceAll("\"frontdesk-[2-9bcdfghkmt]{10}\"", "\"frontdesk\"");
            var plain = new Manifest(Yaml.document(text));
            objects.put(plain.title(), plain.tree());
        }
        return objects;
    }
}
