package dev.frontdesk.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.deployment.services.Repository;
import dev.frontdesk.deployment.services.Service;
import dev.frontdesk.deployment.services.Yaml;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.springframework.boot.convert.DurationStyle;

/** How the five services start, are probed, stop, and are protected from stopping all at once. */
final class Availability {

    /**
     * Phases of a Spring context that can take their whole timeout at a stop: work on events and mails, the web server
     * with its open requests, and the connections.
     */
    private static final int PHASES_THAT_MAY_WAIT = 3;

    private Availability() {}

    static List<String> faultsOfResources(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests
                .workloads()
                .forEach(workload -> workload.containers().forEach(container -> {
                    for (String field : List.of("requests/cpu", "requests/memory", "limits/memory")) {
                        if (container.at("/resources/" + field).isMissingNode()) {
                            faults.add(workload.title() + " has no " + field);
                        }
                    }
                }));
        return faults;
    }

    static List<String> faultsOfProbes(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests
                .services()
                .forEach(workload -> workload.containers().forEach(container -> {
                    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                        String group = probe.equals("readinessProbe") ? "readiness" : "liveness";
                        if (!container.path(probe).at("/httpGet/path").asText().equals("/actuator/health/" + group)) {
                            faults.add(workload.title() + " has no " + probe + " that asks for " + group);
                        }
                    }
                }));
        return faults;
    }

    /** A process that is killed before its shutdown is over drops requests and mails in progress. */
    static List<String> faultsOfEnding(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests
                .services()
                .forEach(workload -> workload.containers().forEach(container -> {
                    long preStop = preStopSeconds(container);
                    if (preStop < 1) {
                        faults.add(workload.title() + " does not wait until no new connection comes");
                    }
                    long longest = preStop
                            + drainWait(container).toSeconds()
                            + PHASES_THAT_MAY_WAIT * phaseTimeout().toSeconds();
                    long grace =
                            workload.pod().path("terminationGracePeriodSeconds").asLong(30);
                    if (grace <= longest) {
                        faults.add(workload.title() + " is killed after " + grace + " s, but may take " + longest
                                + " s to end");
                    }
                }));
        return faults;
    }

    /** In production each of the five survives the loss of a node and its replacement. */
    static List<String> faultsOfReplicas(Manifests manifests) {
        var faults = new ArrayList<String>();
        for (Service service : Service.values()) {
            var scaling = manifests.find("HorizontalPodAutoscaler", service.title());
            int replicas = manifests.deployment(service).at("/spec/replicas").asInt(-1);
            if (scaling.isEmpty()) {
                faults.add(service.title() + " has no HorizontalPodAutoscaler");
            } else if (scaling.get().at("/spec/minReplicas").asInt(1) < 2) {
                faults.add(service.title() + " may have a single replica");
            } else if (replicas >= 0) {
                faults.add(service.title() + " sets its replicas, which each apply would reset");
            }
            if (manifests
                    .ofKind("PodDisruptionBudget")
                    .noneMatch(budget -> Selectors.matches(
                            budget.at("/spec/selector"),
                            manifests.deployment(service).podLabels()))) {
                faults.add(service.title() + " has no PodDisruptionBudget");
            }
        }
        manifests.ofKind("PodDisruptionBudget").forEach(budget -> {
            if (budget.at("/spec/maxUnavailable").asInt() < 1
                    && budget.at("/spec/minAvailable").isMissingNode()) {
                faults.add(budget.title() + " lets no node be emptied");
            }
        });
        return faults;
    }

    private static long preStopSeconds(JsonNode container) {
        JsonNode command = container.at("/lifecycle/preStop/exec/command");
        return command.path(0).asText().equals("sleep")
                ? Long.parseLong(command.path(1).asText())
                : container.at("/lifecycle/preStop/sleep/seconds").asLong();
    }

    private static Duration drainWait(JsonNode container) {
        return Yaml.each(container.path("env"))
                .filter(variable -> variable.path("name").asText().equals("FRONTDESK_DRAIN_WAIT"))
                .map(variable ->
                        DurationStyle.detectAndParse(variable.path("value").asText()))
                .findFirst()
                .orElse(Duration.ZERO);
    }

    private static Duration phaseTimeout() {
        var defaults = new Properties();
        try {
            defaults.load(
                    new StringReader(Repository.text("service-kit/src/main/resources/frontdesk-defaults.properties")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return DurationStyle.detectAndParse(defaults.getProperty("spring.lifecycle.timeout-per-shutdown-phase"));
    }
}
