package dev.frontdesk.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fields that Kubernetes 1.20 does not know and would silently drop, so that a manifest would mean less there than it
 * says. Three groups of types are newer than it (policy/v1, autoscaling/v2, and batch/v1's CronJob, which is unused):
 * only for them a 1.20 needs the older group, with the same fields. The list is not complete: it has the fields that
 * are commonly added.
 */
final class OldClusters {

    /** The position of a field of this name, and the version that introduced it. */
    private static final Map<String, String> NEWER = Map.ofEntries(
            Map.entry("/grpc", "1.24, probes by gRPC"),
            Map.entry("/sleep", "1.30, preStop without a command"),
            Map.entry("/matchLabelKeys", "1.27, of a topology spread"),
            Map.entry("/minDomains", "1.25, of a topology spread"),
            Map.entry("/nodeTaintsPolicy", "1.26, of a topology spread"),
            Map.entry("/nodeAffinityPolicy", "1.26, of a topology spread"),
            Map.entry("/persistentVolumeClaimRetentionPolicy", "1.23, of a StatefulSet"),
            Map.entry("/unhealthyPodEvictionPolicy", "1.26, of a PodDisruptionBudget"),
            Map.entry("/endPort", "1.21, of a NetworkPolicy"),
            Map.entry("/internalTrafficPolicy", "1.21, of a Service"),
            Map.entry("/trafficDistribution", "1.30, of a Service"),
            Map.entry("/loadBalancerClass", "1.21, of a Service"),
            Map.entry("/appArmorProfile", "1.30, of a security context"),
            Map.entry("/resizePolicy", "1.27, of a container"),
            Map.entry("/restartPolicy", "1.28, of a container: sidecars"),
            Map.entry("/containerResource", "1.20, of an autoscaler, and only as alpha"),
            Map.entry("/podFailurePolicy", "1.25, of a Job"));

    private static final Set<String> VERSIONS = Set.of(
            "v1",
            "apps/v1",
            "networking.k8s.io/v1",
            // Only these two are newer, and no manifest here uses their older group.
            "policy/v1",
            "autoscaling/v2");

    private OldClusters() {}

    static List<String> faultsIn(Manifests manifests) {
        var faults = new ArrayList<String>();
        for (Manifest manifest : manifests.all()) {
            if (!VERSIONS.contains(manifest.apiVersion())) {
                faults.add(manifest.title() + " is of " + manifest.apiVersion());
            }
            if (manifest.kind().equals("StatefulSet") && manifest.at("/spec").has("minReadySeconds")) {
                faults.add(manifest.title() + " uses minReadySeconds (1.22, of a StatefulSet)");
            }
            walk(manifest, manifest.tree(), "", faults);
        }
        return faults;
    }

    private static void walk(Manifest manifest, JsonNode node, String path, List<String> faults) {
        node.properties().forEach(field -> {
            String place = path + "/" + field.getKey();
            String since = NEWER.get("/" + field.getKey());
            // A pod's own restartPolicy has always existed.
            boolean ofPod = place.endsWith("/template/spec/restartPolicy");
            if (since != null && !ofPod && !path.endsWith("labels") && !path.endsWith("annotations")) {
                faults.add(manifest.title() + " uses " + place + " (" + since + ")");
            }
            walk(manifest, field.getValue(), place, faults);
        });
        if (node.isArray()) {
            node.forEach(element -> walk(manifest, element, path, faults));
        }
    }
}
