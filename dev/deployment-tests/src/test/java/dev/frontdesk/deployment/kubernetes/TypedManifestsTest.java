package dev.frontdesk.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.services.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TypedManifestsTest {

    private final Manifests right = Rendering.LOCAL.manifests();

    @ParameterizedTest
    @EnumSource
    void everyObjectIsOfAKnownKindWithKnownFields(Rendering rendering) {
        assertThat(TypedManifests.faultsIn(rendering.manifests())).isEmpty();
    }

    @Test
    void refusesAnUnknownFieldAtAnyDepth() {
        assertThat(TypedManifests.faultsIn(right.with("Service", "gateway", service -> service.put("specs", 1))))
                .singleElement()
                .asString()
                .contains("Service gateway", "specs");
        assertThat(TypedManifests.faultsIn(right.withContainer(
                        Service.GATEWAY,
                        container -> ((ObjectNode) container.at("/readinessProbe/httpGet")).put("pth", "/"))))
                .singleElement()
                .asString()
                .contains("Deployment gateway", "pth");
    }

    @Test
    void refusesAnUnknownKind() {
        assertThat(TypedManifests.faultsIn(right.and("{apiVersion: apps/v1, kind: Deploiment, metadata: {name: x}}")))
                .containsExactly("Deploiment x: no type for apps/v1/Deploiment");
        assertThat(TypedManifests.faultsIn(
                        right.with("Deployment", "gateway", it -> it.put("apiVersion", "apps/v1beta1"))))
                .containsExactly("Deployment gateway: no type for apps/v1beta1/Deployment");
    }

    @Test
    void refusesAValueOfAnotherType() {
        assertThat(TypedManifests.faultsIn(right.withContainer(
                        Service.GATEWAY, container -> ((ObjectNode) container.at("/env/0")).put("value", 8080))))
                .hasSize(1);
        assertThat(TypedManifests.faultsIn(right.withContainer(
                        Service.GATEWAY,
                        container -> ((ObjectNode) container.at("/readinessProbe")).put("periodSeconds", "3"))))
                .hasSize(1);
    }
}
