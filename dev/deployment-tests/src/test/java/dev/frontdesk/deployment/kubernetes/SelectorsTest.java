package dev.frontdesk.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SelectorsTest {

    private static final String NAME = "app.kubernetes.io/name";

    private final Manifests right = Rendering.LOCAL.manifests();

    @ParameterizedTest
    @EnumSource
    void everySelectorMatchesPods(Rendering rendering) {
        assertThat(Selectors.faultsIn(rendering.manifests())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Service, gateway, /spec/selector, selects no pod",
        "Deployment, gateway, /spec/selector/matchLabels, does not select its own pods",
        "StatefulSet, redis, /spec/selector/matchLabels, does not select its own pods",
        "PodDisruptionBudget, cache-service, /spec/selector/matchLabels, selects no pod",
        "NetworkPolicy, to-cache-service, /spec/podSelector/matchLabels, selects no pod",
        "NetworkPolicy, to-cache-service, /spec/ingress/0/from/0/podSelector/matchLabels, names a peer that is no pod"
    })
    void seesASlipInASelector(String kind, String name, String selector, String fault) {
        Consumer<ObjectNode> slip = object -> ((ObjectNode) object.at(selector)).put(NAME, "gatway");

        assertThat(Selectors.faultsIn(right.with(kind, name, slip))).containsExactly(kind + " " + name + " " + fault);
    }

    @Test
    void seesASpreadOfOtherPods() {
        assertThat(Selectors.faultsIn(right.with(
                        "Deployment",
                        "gateway",
                        deployment -> ((ObjectNode) deployment.at(
                                        "/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels"))
                                .put(NAME, "cache-service"))))
                .containsExactly("Deployment gateway spreads other pods than its own");
    }

    @Test
    void seesAnAutoscalerWithoutATarget() {
        assertThat(Selectors.faultsIn(right.with(
                        "HorizontalPodAutoscaler",
                        "gateway",
                        scaler -> ((ObjectNode) scaler.at("/spec/scaleTargetRef")).put("name", "door"))))
                .containsExactly("HorizontalPodAutoscaler gateway scales nothing");
    }
}
