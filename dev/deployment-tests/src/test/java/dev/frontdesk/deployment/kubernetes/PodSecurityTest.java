package dev.frontdesk.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.services.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PodSecurityTest {

    private final Manifests right = Rendering.LOCAL.manifests();

    @ParameterizedTest
    @EnumSource
    void everyPodIsRestricted(Rendering rendering) {
        assertThat(PodSecurity.faultsOfRestricted(rendering.manifests())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/spec/template/spec/securityContext, runAsNonRoot, may run as root",
        "/spec/template/spec/securityContext, runAsUser, names no user by number",
        "/spec/template/spec/securityContext, seccompProfile, has no seccomp profile",
        "/spec/template/spec/containers/0/securityContext, allowPrivilegeEscalation, may gain privileges",
        "/spec/template/spec/containers/0/securityContext, capabilities, keeps capabilities"
    })
    void seesAFieldThatWasForgotten(String place, String field, String fault) {
        assertThat(PodSecurity.faultsOfRestricted(
                        right.with("Deployment", "gateway", it -> ((ObjectNode) it.at(place)).remove(field))))
                .containsExactly("Deployment gateway " + fault);
    }

    @Test
    void seesAContainerThatOverridesItsPod() {
        assertThat(PodSecurity.faultsOfRestricted(right.withContainer(
                        Service.GATEWAY, it -> ((ObjectNode) it.at("/securityContext")).put("runAsUser", 0))))
                .containsExactly("Deployment gateway names no user by number");
        assertThat(PodSecurity.faultsOfRestricted(right.withContainer(
                        Service.GATEWAY, it -> ((ObjectNode) it.at("/securityContext")).put("privileged", true))))
                .containsExactly("Deployment gateway is privileged");
    }

    @ParameterizedTest
    @EnumSource
    void ourPodsHaveNothingThatTheyDoNotNeed(Rendering rendering) {
        assertThat(PodSecurity.faultsOfOurs(rendering.manifests())).isEmpty();
    }

    @Test
    void seesAPodThatHasMoreThanItNeeds() {
        assertThat(PodSecurity.faultsOfOurs(right.withPod(Service.GATEWAY, it -> {
                    it.remove("automountServiceAccountToken");
                    it.remove("enableServiceLinks");
                    it.put("serviceAccountName", "default");
                    it.remove("volumes");
                    ((ObjectNode) it.at("/containers/0/securityContext")).put("readOnlyRootFilesystem", false);
                })))
                .containsExactly(
                        "Deployment gateway may write to its image",
                        "Deployment gateway has no emptyDir on /tmp",
                        "Deployment gateway gets a token for the API server",
                        "Deployment gateway gets variables for every Service around",
                        "Deployment gateway has no ServiceAccount of its own");
    }
}
