package dev.frontdesk.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.services.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AvailabilityTest {

    private final Manifests right = Rendering.PRODUCTION.manifests();

    @ParameterizedTest
    @EnumSource
    void everyContainerHasRequestsAndLimits(Rendering rendering) {
        assertThat(Availability.faultsOfResources(rendering.manifests())).isEmpty();
    }

    @Test
    void seesAContainerWithoutALimit() {
        assertThat(Availability.faultsOfResources(right.withContainer(
                        Service.GATEWAY, it -> ((ObjectNode) it.at("/resources")).remove("limits"))))
                .containsExactly("Deployment gateway has no limits/memory");
    }

    @ParameterizedTest
    @EnumSource
    void everyServiceIsWatched(Rendering rendering) {
        assertThat(Availability.faultsOfProbes(rendering.manifests())).isEmpty();
    }

    @Test
    void seesAMissingProbe() {
        assertThat(Availability.faultsOfProbes(right.withContainer(Service.GATEWAY, it -> it.remove("startupProbe"))))
                .containsExactly("Deployment gateway has no startupProbe that asks for liveness");
    }

    @ParameterizedTest
    @EnumSource
    void everyServiceMayEndInPeace(Rendering rendering) {
        assertThat(Availability.faultsOfEnding(rendering.manifests())).isEmpty();
    }

    @Test
    void seesAServiceThatIsKilledWhileItEnds() {
        assertThat(Availability.faultsOfEnding(
                        right.withPod(Service.GATEWAY, it -> it.put("terminationGracePeriodSeconds", 30))))
                .singleElement()
                .asString()
                .startsWith("Deployment gateway is killed after 30 s, but may take");
        assertThat(Availability.faultsOfEnding(right.withContainer(Service.GATEWAY, it -> it.remove("lifecycle"))))
                .containsExactly("Deployment gateway does not wait until no new connection comes");
    }

    @Test
    void productionRunsAtLeastTwoOfEach() {
        assertThat(Availability.faultsOfReplicas(right)).isEmpty();
    }

    @Test
    void seesAServiceThatIsAlone() {
        assertThat(Availability.faultsOfReplicas(right.with(
                        "HorizontalPodAutoscaler",
                        "gateway",
                        it -> ((ObjectNode) it.at("/spec")).put("minReplicas", 1))))
                .containsExactly("gateway may have a single replica");
        assertThat(Availability.faultsOfReplicas(right.without("HorizontalPodAutoscaler", "gateway")))
                .containsExactly("gateway has no HorizontalPodAutoscaler");
        assertThat(Availability.faultsOfReplicas(right.without("PodDisruptionBudget", "gateway")))
                .containsExactly("gateway has no PodDisruptionBudget");
        assertThat(Availability.faultsOfReplicas(right.with(
                        "PodDisruptionBudget",
                        "gateway",
                        it -> ((ObjectNode) it.at("/spec")).put("maxUnavailable", 0))))
                .containsExactly("PodDisruptionBudget gateway lets no node be emptied");
        assertThat(Availability.faultsOfReplicas(
                        right.with("Deployment", "gateway", it -> ((ObjectNode) it.at("/spec")).put("replicas", 2))))
                .containsExactly("gateway sets its replicas, which each apply would reset");
    }
}
