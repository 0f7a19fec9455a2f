package dev.frontdesk.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.services.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OldClustersTest {

    private final Manifests right = Rendering.LOCAL.manifests();

    @ParameterizedTest
    @EnumSource
    void usesNothingThatKubernetes120DoesNotKnow(Rendering rendering) {
        assertThat(OldClusters.faultsIn(rendering.manifests())).isEmpty();
    }

    @Test
    void seesAProbeByGrpc() {
        assertThat(OldClusters.faultsIn(right.withContainer(
                        Service.GATEWAY, it -> ((ObjectNode) it.at("/livenessProbe")).putObject("grpc"))))
                .containsExactly("Deployment gateway uses /spec/template/spec/containers/livenessProbe/grpc"
                        + " (1.24, probes by gRPC)");
    }

    @Test
    void seesASidecarAndANewerFieldOfAStatefulSet() {
        assertThat(OldClusters.faultsIn(right.withContainer(Service.GATEWAY, it -> it.put("restartPolicy", "Always"))))
                .hasSize(1);
        assertThat(OldClusters.faultsIn(right.with(
                        "StatefulSet", "redis", it -> ((ObjectNode) it.at("/spec")).put("minReadySeconds", 5))))
                .hasSize(1);
        assertThat(OldClusters.faultsIn(right.withPod(Service.GATEWAY, it -> it.put("restartPolicy", "Always"))))
                .isEmpty();
    }

    @Test
    void seesANewerVersion() {
        assertThat(OldClusters.faultsIn(
                        right.and("{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: x}}")))
                .containsExactly("HTTPRoute x is of gateway.networking.k8s.io/v1");
    }
}
