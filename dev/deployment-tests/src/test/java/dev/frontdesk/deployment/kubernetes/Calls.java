package dev.frontdesk.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.deployment.services.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Computes from the NetworkPolicies who may connect to whom, by Kubernetes' definition: a pod that no policy selects
 * for a direction is open in it, and a selected one is open only for what some rule of some policy lists.
 */
record Calls(Manifests manifests) {

    /** One end of a connection. A pod of another namespace has only its labels, the internet has nothing. */
    record Peer(
            String name,
            @Nullable Map<String, String> podLabels,
            @Nullable String namespace) {

        static Peer elsewhere(String namespace) {
            return new Peer(namespace, Map.of(), namespace);
        }

        static Peer internet() {
            return new Peer("internet", null, null);
        }
    }

    private static final String OWN_NAMESPACE = "frontdesk";
    private static final String NAMESPACE_LABEL = "kubernetes.io/metadata.name";

    List<Peer> pods() {
        return manifests
                .workloads()
                .map(workload -> new Peer(workload.name(), workload.podLabels(), OWN_NAMESPACE))
                .toList();
    }

    /** Every port that a container of the rendering declares. */
    Set<Integer> ports() {
        return manifests
                .workloads()
                .flatMap(Manifest::containers)
                .flatMap(container -> Yaml.each(container.path("ports")))
                .map(port -> port.path("containerPort").asInt())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As {@code gateway -> session-service:8080}, for all pairs and all these ports. */
    Set<String> allowed(List<Peer> from, List<Peer> to, Set<Integer> ports) {
        return from.stream()
                .flatMap(caller -> to.stream()
                        .filter(called -> !called.equals(caller))
                        .flatMap(called -> ports.stream()
                                .filter(port -> isAllowed(caller, called, port))
                                .map(port -> caller.name() + " -> " + called.name() + ":" + port)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean isAllowed(Peer caller, Peer called, int port) {
        return isOpen(caller, called, port, "Egress") && isOpen(called, caller, port, "Ingress");
    }

    private boolean isOpen(Peer pod, Peer other, int port, String direction) {
        if (!OWN_NAMESPACE.equals(pod.namespace()) || pod.podLabels() == null) {
            // The policies of other namespaces are unknown.
            return true;
        }
        List<Manifest> selecting = manifests
                .ofKind("NetworkPolicy")
                .filter(policy -> isFor(policy, direction))
                .filter(policy -> Selectors.matches(policy.at("/spec/podSelector"), pod.podLabels()))
                .toList();
        return selecting.isEmpty()
                || selecting.stream()
                        .flatMap(policy -> rules(policy, direction))
                        .anyMatch(rule -> lets(rule, other, port, direction));
    }

    private static boolean isFor(Manifest policy, String direction) {
        return Yaml.each(policy.at("/spec/policyTypes"))
                .anyMatch(type -> type.asText().equals(direction));
    }

    private static Stream<JsonNode> rules(Manifest policy, String direction) {
        return Yaml.each(policy.at(direction.equals("Ingress") ? "/spec/ingress" : "/spec/egress"));
    }

    private static boolean lets(JsonNode rule, Peer other, int port, String direction) {
        JsonNode peers = rule.path(direction.equals("Ingress") ? "from" : "to");
        boolean peer = peers.isEmpty() || Yaml.each(peers).anyMatch(listed -> isPeer(listed, other));
        JsonNode ports = rule.path("ports");
        return peer && (ports.isEmpty() || Yaml.each(ports).anyMatch(listed -> isPort(listed, port)));
    }

    private static boolean isPeer(JsonNode listed, Peer other) {
        if (listed.has("ipBlock")) {
            return other.podLabels() == null;
        }
        if (other.podLabels() == null || other.namespace() == null) {
            return false;
        }
        boolean namespace = listed.has("namespaceSelector")
                ? Selectors.matches(listed.get("namespaceSelector"), Map.of(NAMESPACE_LABEL, other.namespace()))
                : other.namespace().equals(OWN_NAMESPACE);
        return namespace
                && (!listed.has("podSelector") || Selectors.matches(listed.get("podSelector"), other.podLabels()));
    }

    /** Only by number: a name would depend on the container. */
    private static boolean isPort(JsonNode listed, int port) {
        if (listed.path("protocol").asText("TCP").equals("UDP")) {
            return false;
        }
        int first = listed.path("port").asInt(-1);
        return IntStream.rangeClosed(first, listed.path("endPort").asInt(first)).anyMatch(each -> each == port);
    }

    /** Whether every pod may use DNS. */
    List<String> withoutNames() {
        return pods().stream()
                .filter(pod -> manifests
                                .ofKind("NetworkPolicy")
                                .filter(policy -> isFor(policy, "Egress"))
                                .filter(policy -> Selectors.matches(
                                        policy.at("/spec/podSelector"), Objects.requireNonNull(pod.podLabels())))
                                .flatMap(policy -> rules(policy, "Egress"))
                                .flatMap(rule -> Yaml.each(rule.path("ports")))
                                .filter(port -> port.path("port").asInt() == 53)
                                .map(port -> port.path("protocol").asText("TCP"))
                                .collect(Collectors.toSet())
                                .size()
                        < 2)
                .map(Peer::name)
                .toList();
    }
}
