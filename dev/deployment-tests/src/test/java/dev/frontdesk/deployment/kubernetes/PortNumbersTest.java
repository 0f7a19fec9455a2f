package dev.frontdesk.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.services.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PortNumbersTest {

    private final Manifests right = Rendering.LOCAL.manifests();

    @ParameterizedTest
    @EnumSource
    void everyServiceSendsToAPortOfItsPods(Rendering rendering) {
        assertThat(PortNumbers.faultsOfServices(rendering.manifests())).isEmpty();
    }

    @Test
    void seesATargetThatIsNoPort() {
        assertThat(PortNumbers.faultsOfServices(right.with(
                        "Service", "gateway", it -> ((ObjectNode) it.at("/spec/ports/0")).put("targetPort", "web"))))
                .containsExactly("Service gateway sends to web, which is no container's port");
        assertThat(PortNumbers.faultsOfServices(right.with(
                        "Service", "gateway", it -> ((ObjectNode) it.at("/spec/ports/0")).put("targetPort", 8081))))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void probesAskTheManagementPort(Rendering rendering) {
        assertThat(PortNumbers.faultsOfProbes(rendering.manifests())).isEmpty();
    }

    @Test
    void seesAProbeOfAnotherPort() {
        assertThat(PortNumbers.faultsOfProbes(right.withContainer(
                        Service.GATEWAY, it -> ((ObjectNode) it.at("/livenessProbe/httpGet")).put("port", "http"))))
                .containsExactly("Deployment gateway has a livenessProbe that does not ask the management port");
        assertThat(PortNumbers.faultsOfProbes(right.with(
                        "StatefulSet",
                        "kafka",
                        it -> ((ObjectNode) it.at("/spec/template/spec/containers/0/readinessProbe/tcpSocket"))
                                .put("port", 9999))))
                .containsExactly("StatefulSet kafka has a readinessProbe on 9999, which is not its port");
    }

    @ParameterizedTest
    @EnumSource
    void theServicesListenWhereTheirPortsSay(Rendering rendering) {
        assertThat(PortNumbers.faultsOfListening(rendering.manifests())).isEmpty();
    }

    @Test
    void seesAServiceThatListensElsewhere() {
        assertThat(PortNumbers.faultsOfListening(right.withContainer(
                        Service.GATEWAY, it -> ((ObjectNode) it.at("/ports/1")).put("containerPort", 9091))))
                .containsExactly("Deployment gateway does not listen on its port management");
    }

    @ParameterizedTest
    @EnumSource
    void noServiceLeadsToAManagementPort(Rendering rendering) {
        assertThat(PortNumbers.faultsOfManagement(rendering.manifests())).isEmpty();
    }

    @Test
    void seesAManagementPortInAService() {
        assertThat(PortNumbers.faultsOfManagement(right.with(
                        "Service", "gateway", it -> ((ObjectNode) it.at("/spec/ports/0")).put("targetPort", 9090))))
                .containsExactly("Service gateway exposes a management port");
        assertThat(PortNumbers.faultsOfManagement(right.with(
                        "Service",
                        "gateway-from-outside",
                        it -> ((ObjectNode) it.at("/spec/ports/0")).put("targetPort", "management"))))
                .containsExactly("Service gateway-from-outside exposes a management port");
    }

    @ParameterizedTest
    @EnumSource
    void outsideReachesTheGatewayAlone(Rendering rendering) {
        assertThat(PortNumbers.faultsOfTheDoor(rendering.manifests())).isEmpty();
    }

    @Test
    void seesASecondDoor() {
        assertThat(PortNumbers.faultsOfTheDoor(right.with(
                        "Service", "session-service", it -> ((ObjectNode) it.at("/spec")).put("type", "NodePort"))))
                .containsExactly("Service session-service lets the outside reach session-service");
        assertThat(PortNumbers.faultsOfTheDoor(right.withPod(Service.GATEWAY, it -> it.put("hostNetwork", true))))
                .containsExactly("Deployment gateway is on the network of its node");
    }
}
