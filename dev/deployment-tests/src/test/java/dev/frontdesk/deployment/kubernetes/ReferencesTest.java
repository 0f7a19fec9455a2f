package dev.frontdesk.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.services.Repository;
import dev.frontdesk.deployment.services.Service;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferencesTest {

    private static final Manifests NOTHING = new Manifests(List.of());

    private final Manifests right = Rendering.LOCAL.manifests();

    @Test
    void theLocalOverlayBringsEverySecretAndConfigMapThatItsPodsAskFor() {
        assertThat(References.faultsIn(right, NOTHING)).isEmpty();
    }

    @Test
    void productionAsksForNoMoreThanItsExampleSecretHolds() {
        var example = Manifests.of(Repository.text("k8s/overlays/production/examples/secret.yaml"));

        assertThat(References.faultsIn(Rendering.PRODUCTION.manifests(), example))
                .isEmpty();
        assertThat(References.faultsIn(
                        Rendering.PRODUCTION.manifests(),
                        example.with(
                                "Secret",
                                "frontdesk",
                                secret -> ((ObjectNode) secret.get("stringData")).remove("FRONTDESK_OPERATOR_KEY"))))
                .containsExactly(
                        "Deployment gateway asks for FRONTDESK_OPERATOR_KEY, which is not in Secret frontdesk");
    }

    @Test
    void seesAKeyThatIsNotThere() {
        assertThat(References.faultsIn(
                        right.withContainer(
                                Service.CACHE_SERVICE,
                                it -> it.withArray("env")
                                        .addObject()
                                        .put("name", "X")
                                        .putObject("valueFrom")
                                        .putObject("configMapKeyRef")
                                        .put("name", configMap())
                                        .put("key", "NO_SUCH_KEY")),
                        NOTHING))
                .containsExactly(
                        "Deployment cache-service asks for NO_SUCH_KEY, which is not in ConfigMap " + configMap());
    }

    @Test
    void seesASecretThatIsNotThere() {
        assertThat(References.faultsIn(
                        right.withContainer(
                                Service.CACHE_SERVICE,
                                it -> it.putArray("envFrom")
                                        .addObject()
                                        .putObject("secretRef")
                                        .put("name", "another")),
                        NOTHING))
                .containsExactly("Deployment cache-service asks for Secret another, which does not exist");
        assertThat(References.faultsIn(
                        right.withPod(
                                Service.CACHE_SERVICE,
                                it -> it.withArray("volumes")
                                        .addObject()
                                        .put("name", "v")
                                        .putObject("secret")
                                        .put("secretName", "another")),
                        NOTHING))
                .containsExactly("Deployment cache-service asks for Secret another, which does not exist");
    }

    @ParameterizedTest
    @EnumSource
    void everyServiceAccountIsThere(Rendering rendering) {
        assertThat(References.faultsOfAccounts(rendering.manifests())).isEmpty();
    }

    @Test
    void seesAServiceAccountThatIsNotThere() {
        assertThat(References.faultsOfAccounts(right.without("ServiceAccount", "gateway")))
                .containsExactly("Deployment gateway uses a ServiceAccount that does not exist");
    }

    private String configMap() {
        return right.ofKind("ConfigMap").findFirst().orElseThrow().name();
    }
}
