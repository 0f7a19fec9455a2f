package dev.frontdesk.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.deployment.services.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Referenced ports must exist, and the ports of probes and metrics must stay internal. */
final class PortNumbers {

    static final String MANAGEMENT = "management";

    private static final List<String> PROBES = List.of("startupProbe", "readinessProbe", "livenessProbe");

    private PortNumbers() {}

    static List<String> faultsOfServices(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests.ofKind("Service").forEach(service -> {
            for (JsonNode port : service.at("/spec/ports")) {
                JsonNode target = port.has("targetPort") ? port.get("targetPort") : port.path("port");
                boolean known = targets(manifests, service)
                        .flatMap(Manifest::containers)
                        .anyMatch(container -> containerPort(container, target).isPresent());
                if (!known) {
                    faults.add(service.title() + " sends to " + target.asText() + ", which is no container's port");
                }
            }
        });
        return faults;
    }

    static List<String> faultsOfProbes(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests
                .workloads()
                .forEach(workload -> workload.containers().forEach(container -> {
                    for (String probe : PROBES) {
                        for (String way : List.of("httpGet", "tcpSocket")) {
                            JsonNode port = container.path(probe).path(way).path("port");
                            if (!port.isMissingNode()
                                    && containerPort(container, port).isEmpty()) {
                                faults.add(workload.title() + " has a " + probe + " on " + port.asText()
                                        + ", which is not its port");
                            }
                        }
                        if (workload.service().isPresent() && !asksManagement(container, probe)) {
                            faults.add(workload.title() + " has a " + probe + " that does not ask the management port");
                        }
                    }
                }));
        return faults;
    }

    /** The port that a container listens on must be the one with that name. */
    static List<String> faultsOfListening(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests
                .services()
                .forEach(workload -> workload.containers()
                        .forEach(container -> Map.of("http", "SERVER_PORT", MANAGEMENT, "MANAGEMENT_SERVER_PORT")
                                .forEach((name, variable) -> {
                                    Optional<String> told = Yaml.each(container.path("env"))
                                            .filter(env ->
                                                    env.path("name").asText().equals(variable))
                                            .map(env -> env.path("value").asText())
                                            .findFirst();
                                    OptionalInt port = named(container, name);
                                    if (port.isEmpty()
                                            || !told.equals(Optional.of(Integer.toString(port.getAsInt())))) {
                                        faults.add(workload.title() + " does not listen on its port " + name);
                                    }
                                })));
        return faults;
    }

    /** No Service exposes a management port, so that nothing outside can reach it. */
    static List<String> faultsOfManagement(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests.ofKind("Service").forEach(service -> {
            Set<Integer> management = Set.copyOf(targets(manifests, service)
                    .filter(workload -> workload.service().isPresent())
                    .flatMap(Manifest::containers)
                    .flatMap(container -> named(container, MANAGEMENT).stream().boxed())
                    .toList());
            for (JsonNode port : service.at("/spec/ports")) {
                JsonNode target = port.has("targetPort") ? port.get("targetPort") : port.path("port");
                if (target.asText().equals(MANAGEMENT) || management.contains(target.asInt())) {
                    faults.add(service.title() + " exposes a management port");
                }
            }
        });
        return faults;
    }

    /** Only the gateway is reachable from outside, and in the local overlay the inbox of the mail sink. */
    static List<String> faultsOfTheDoor(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests
                .ofKind("Service")
                .filter(service -> Set.of("NodePort", "LoadBalancer")
                                .contains(service.at("/spec/type").asText())
                        || service.at("/spec").has("externalIPs"))
                .forEach(service -> targets(manifests, service).forEach(workload -> {
                    if (!Set.of("gateway", "mail").contains(workload.name())) {
                        faults.add(service.title() + " lets the outside reach " + workload.name());
                    }
                }));
        manifests.workloads().forEach(workload -> {
            if (workload.pod().path("hostNetwork").asBoolean()
                    || workload.containers()
                            .flatMap(container -> Yaml.each(container.path("ports")))
                            .anyMatch(port -> port.has("hostPort"))) {
                faults.add(workload.title() + " is on the network of its node");
            }
        });
        return faults;
    }

    private static Stream<Manifest> targets(Manifests manifests, Manifest service) {
        Map<String, String> selector = Manifest.labels(service.at("/spec/selector"));
        return manifests
                .workloads()
                .filter(workload ->
                        !selector.isEmpty() && workload.podLabels().entrySet().containsAll(selector.entrySet()));
    }

    private static boolean asksManagement(JsonNode container, String probe) {
        JsonNode port = container.path(probe).path("httpGet").path("port");
        OptionalInt asked = containerPort(container, port);
        return asked.isPresent() && asked.equals(named(container, MANAGEMENT));
    }

    private static OptionalInt named(JsonNode container, String name) {
        return Yaml.each(container.path("ports"))
                .filter(port -> port.path("name").asText().equals(name))
                .mapToInt(port -> port.path("containerPort").asInt())
                .findFirst();
    }

    /** By name or by number. */
    static OptionalInt containerPort(JsonNode container, JsonNode wanted) {
        return Yaml.each(container.path("ports"))
                .filter(port -> wanted.isInt()
                        ? port.path("containerPort").asInt() == wanted.asInt()
                        : port.path("name").asText().equals(wanted.asText()))
                .mapToInt(port -> port.path("containerPort").asInt())
                .findFirst();
    }
}
