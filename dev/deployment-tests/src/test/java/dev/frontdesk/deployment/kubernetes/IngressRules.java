package dev.frontdesk.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.deployment.services.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an Ingress admits: only TLS, and only to the gateway. */
final class IngressRules {

    private IngressRules() {}

    static List<String> faultsIn(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests.ofKind("Ingress").forEach(ingress -> {
            Set<String> secured = Yaml.each(ingress.at("/spec/tls"))
                    .filter(tls -> !tls.path("secretName").asText().isEmpty())
                    .flatMap(tls -> Yaml.each(tls.path("hosts")))
                    .map(JsonNode::asText)
                    .collect(Collectors.toSet());
            Yaml.each(ingress.at("/spec/rules")).forEach(rule -> {
                if (!secured.contains(rule.path("host").asText())) {
                    faults.add(ingress.title() + " has no TLS for "
                            + rule.path("host").asText("every host"));
                }
                Yaml.each(rule.at("/http/paths"))
                        .forEach(path -> backend(manifests, ingress, path.at("/backend/service"), faults));
            });
            if (ingress.at("/spec").has("defaultBackend")) {
                backend(manifests, ingress, ingress.at("/spec/defaultBackend/service"), faults);
            }
        });
        return faults;
    }

    private static void backend(Manifests manifests, Manifest ingress, JsonNode backend, List<String> faults) {
        String name = backend.path("name").asText();
        if (!name.equals("gateway")) {
            faults.add(ingress.title() + " leads to " + name);
            return;
        }
        boolean known = manifests
                .find("Service", name)
                .filter(service -> Yaml.each(service.at("/spec/ports"))
                        .anyMatch(port -> port.path("name")
                                        .asText()
                                        .equals(backend.at("/port/name").asText("-"))
                                || port.path("port").asInt()
                                        == backend.at("/port/number").asInt(-1)))
                .isPresent();
        if (!known) {
            faults.add(ingress.title() + " leads to a port that " + name + " does not have");
        }
    }
}
