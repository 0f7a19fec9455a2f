package dev.frontdesk.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.deployment.services.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every selector of pods must match some: a misspelt selector silently matches nothing. */
final class Selectors {

    private Selectors() {}

    static List<String> faultsIn(Manifests manifests) {
        var faults = new ArrayList<String>();
        for (Manifest manifest : manifests.all()) {
            switch (manifest.kind()) {
                case "Service" -> {
                    if (!finds(manifests, Manifest.labels(manifest.at("/spec/selector")))) {
                        faults.add(manifest.title() + " selects no pod");
                    }
                }
                case "Deployment", "StatefulSet" -> {
                    if (!matches(manifest.at("/spec/selector"), manifest.podLabels())) {
                        faults.add(manifest.title() + " does not select its own pods");
                    }
                    for (JsonNode spread : manifest.pod().path("topologySpreadConstraints")) {
                        if (!matches(spread.path("labelSelector"), manifest.podLabels())) {
                            faults.add(manifest.title() + " spreads other pods than its own");
                        }
                    }
                }
                case "PodDisruptionBudget" -> {
                    if (!finds(manifests, manifest.at("/spec/selector"))) {
                        faults.add(manifest.title() + " selects no pod");
                    }
                }
                case "HorizontalPodAutoscaler" -> {
                    JsonNode target = manifest.at("/spec/scaleTargetRef");
                    if (manifests
                            .find(
                                    target.path("kind").asText(),
                                    target.path("name").asText())
                            .isEmpty()) {
                        faults.add(manifest.title() + " scales nothing");
                    }
                }
                case "NetworkPolicy" -> policy(manifests, manifest, faults);
                default -> {}
            }
        }
        return faults;
    }

    private static void policy(Manifests manifests, Manifest policy, List<String> faults) {
        if (!finds(manifests, policy.at("/spec/podSelector"))) {
            faults.add(policy.title() + " selects no pod");
        }
        for (String direction : List.of("/spec/ingress", "/spec/egress")) {
            for (JsonNode rule : policy.at(direction)) {
                for (JsonNode peer : Yaml.each(rule.path(direction.endsWith("ingress") ? "from" : "to"))
                        .toList()) {
                    boolean ours = peer.has("podSelector") && !peer.has("namespaceSelector");
                    if (ours && !finds(manifests, peer.path("podSelector"))) {
                        faults.add(policy.title() + " names a peer that is no pod");
                    }
                }
            }
        }
    }

    private static boolean finds(Manifests manifests, JsonNode selector) {
        return manifests.workloads().anyMatch(workload -> matches(selector, workload.podLabels()));
    }

    private static boolean finds(Manifests manifests, Map<String, String> selector) {
        return !selector.isEmpty()
                && manifests
                        .workloads()
                        .anyMatch(workload -> workload.podLabels().entrySet().containsAll(selector.entrySet()));
    }

    /** A label selector with matchLabels and matchExpressions; an empty one matches everything. */
    static boolean matches(JsonNode selector, Map<String, String> labels) {
        if (!labels.entrySet()
                .containsAll(Manifest.labels(selector.path("matchLabels")).entrySet())) {
            return false;
        }
        return Yaml.each(selector.path("matchExpressions")).allMatch(expression -> {
            String label = labels.get(expression.path("key").asText());
            boolean among = Yaml.each(expression.path("values"))
                    .anyMatch(value -> value.asText().equals(label));
            return switch (expression.path("operator").asText()) {
                case "In" -> among;
                case "NotIn" -> !among;
                case "Exists" -> label != null;
                case "DoesNotExist" -> label == null;
                default -> false;
            };
        });
    }
}
