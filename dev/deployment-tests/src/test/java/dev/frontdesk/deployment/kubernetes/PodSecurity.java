package dev.frontdesk.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.deployment.services.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Kubernetes' Pod Security Standard "restricted", and further privileges that the five services do not need: a writable
 * root, a token for the API server, a shared ServiceAccount, and variables for every Service around.
 */
final class PodSecurity {

    private PodSecurity() {}

    /** Every workload of a rendering. */
    static List<String> faultsOfRestricted(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests
                .workloads()
                .forEach(workload -> workload.containers().forEach(container -> {
                    var check = new Check(workload, container, faults);
                    check.that(check.either("runAsNonRoot").asBoolean(), "may run as root");
                    check.that(check.either("runAsUser").asInt() > 0, "names no user by number");
                    check.that(
                            check.either("seccompProfile").path("type").asText().equals("RuntimeDefault"),
                            "has no seccomp profile");
                    check.that(
                            check.own("allowPrivilegeEscalation").isBoolean()
                                    && !check.own("allowPrivilegeEscalation").asBoolean(),
                            "may gain privileges");
                    check.that(!check.own("privileged").asBoolean(), "is privileged");
                    check.that(
                            Yaml.each(check.own("capabilities").path("drop"))
                                            .anyMatch(capability ->
                                                    capability.asText().equals("ALL"))
                                    && check.own("capabilities").path("add").isEmpty(),
                            "keeps capabilities");
                }));
        return faults;
    }

    /** The five services only. */
    static List<String> faultsOfOurs(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests
                .services()
                .forEach(workload -> workload.containers().forEach(container -> {
                    JsonNode pod = workload.pod();
                    var check = new Check(workload, container, faults);
                    check.that(check.own("readOnlyRootFilesystem").asBoolean(), "may write to its image");
                    check.that(hasOwnTmp(pod, container), "has no emptyDir on /tmp");
                    check.that(isOff(pod.path("automountServiceAccountToken")), "gets a token for the API server");
                    check.that(isOff(pod.path("enableServiceLinks")), "gets variables for every Service around");
                    check.that(
                            pod.path("serviceAccountName").asText().equals(workload.name()),
                            "has no ServiceAccount of its own");
                }));
        return faults;
    }

    private static boolean isOff(JsonNode flag) {
        return flag.isBoolean() && !flag.asBoolean();
    }

    private static boolean hasOwnTmp(JsonNode pod, JsonNode container) {
        Set<String> empty = Yaml.each(pod.path("volumes"))
                .filter(volume -> volume.has("emptyDir"))
                .map(volume -> volume.path("name").asText())
                .collect(Collectors.toSet());
        return Yaml.each(container.path("volumeMounts"))
                .anyMatch(mount -> mount.path("mountPath").asText().equals("/tmp")
                        && empty.contains(mount.path("name").asText()));
    }

    private record Check(Manifest workload, JsonNode container, List<String> faults) {

        void that(boolean right, String fault) {
            if (!right) {
                faults.add(workload.title() + " " + fault);
            }
        }

        JsonNode own(String field) {
            return container.path("securityContext").path(field);
        }

        /** A container's setting has precedence over its pod's. */
        JsonNode either(String field) {
            return own(field).isMissingNode()
                    ? workload.pod().path("securityContext").path(field)
                    : own(field);
        }
    }
}
