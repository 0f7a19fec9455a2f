package dev.frontdesk.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class IngressRulesTest {

    private final Manifests right = Rendering.PRODUCTION.manifests();

    @Test
    void productionIsReachedThroughTlsAndTheGatewayAlone() {
        assertThat(right.ofKind("Ingress")).hasSize(1);
        assertThat(IngressRules.faultsIn(right)).isEmpty();
    }

    @Test
    void seesAHostWithoutTls() {
        assertThat(IngressRules.faultsIn(
                        right.with("Ingress", "gateway", it -> ((ObjectNode) it.at("/spec")).remove("tls"))))
                .singleElement()
                .asString()
                .startsWith("Ingress gateway has no TLS for ");
    }

    @Test
    void seesAWayPastTheGateway() {
        String service = "/spec/rules/0/http/paths/0/backend/service";

        assertThat(IngressRules.faultsIn(right.with(
                        "Ingress", "gateway", it -> ((ObjectNode) it.at(service)).put("name", "session-service"))))
                .containsExactly("Ingress gateway leads to session-service");
        assertThat(IngressRules.faultsIn(right.with(
                        "Ingress", "gateway", it -> ((ObjectNode) it.at(service + "/port")).put("name", "management"))))
                .containsExactly("Ingress gateway leads to a port that gateway does not have");
    }
}
