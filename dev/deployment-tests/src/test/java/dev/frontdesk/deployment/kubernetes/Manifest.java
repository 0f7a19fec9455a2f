package dev.frontdesk.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.deployment.services.Service;
import dev.frontdesk.deployment.services.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One object of a rendering, as a tree. */
record Manifest(JsonNode tree) {

    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob");

    String apiVersion() {
        return tree.path("apiVersion").asText();
    }

    String kind() {
        return tree.path("kind").asText();
    }

    String name() {
        return tree.at("/metadata/name").asText();
    }

    /** For messages about violations. */
    String title() {
        return kind() + " " + name();
    }

    /** By JSON pointer; a missing node if there is none. */
    JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    boolean isWorkload() {
        return WORKLOADS.contains(kind());
    }

    JsonNode pod() {
        return at("/spec/template/spec");
    }

    Map<String, String> podLabels() {
        return labels(at("/spec/template/metadata/labels"));
    }

    Stream<JsonNode> containers() {
        return Stream.concat(Yaml.each(pod().path("containers")), Yaml.each(pod().path("initContainers")));
    }

    /** Which of the five services it runs. */
    Optional<Service> service() {
        return kind().equals("Deployment") ? Service.titled(name()) : Optional.empty();
    }

    /** The values of a Secret as a container gets them; kubectl wraps long ones. */
    Map<String, String> secrets() {
        var map = new LinkedHashMap<String, String>();
        at("/data")
                .properties()
                .forEach(value -> map.put(
                        value.getKey(),
                        new String(
                                Base64.getMimeDecoder().decode(value.getValue().asText()), StandardCharsets.UTF_8)));
        return map;
    }

    static Map<String, String> labels(JsonNode labels) {
        var map = new LinkedHashMap<String, String>();
        labels.properties()
                .forEach(label -> map.put(label.getKey(), label.getValue().asText()));
        return map;
    }
}
