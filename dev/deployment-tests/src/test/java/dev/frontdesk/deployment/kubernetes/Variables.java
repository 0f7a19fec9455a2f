package dev.frontdesk.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.deployment.services.Service;
import dev.frontdesk.deployment.services.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The environment of the five services: no variable that they do not read, and every variable that they require. */
final class Variables {

    /** Variables of the JVM. */
    private static final Set<String> OF_JAVA = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private Variables() {}

    static List<String> faultsIn(Manifests manifests) {
        var faults = new ArrayList<String>();
        manifests.services().forEach(workload -> {
            Service service = workload.service().orElseThrow();
            Set<String> given = given(manifests, workload);
            given.stream()
                    .filter(variable -> !OF_JAVA.contains(variable) && !service.reads(variable))
                    .forEach(variable -> faults.add(service.title() + " does not read " + variable));
            service.required().stream()
                    .filter(variable -> !given.contains(variable))
                    .forEach(variable -> faults.add(service.title() + " is not given " + variable));
        });
        return faults;
    }

    /** A secret must come from a Secret, never from a ConfigMap or the manifest itself. */
    static List<String> faultsOfSecrets(Manifests manifests) {
        Set<String> values = secretValues(manifests);
        var faults = new ArrayList<String>();
        manifests
                .services()
                .forEach(workload -> variables(workload)
                        .filter(variable -> workload.service()
                                .orElseThrow()
                                .secrets()
                                .contains(variable.path("name").asText()))
                        .filter(variable -> !variable.at("/valueFrom").has("secretKeyRef"))
                        .forEach(variable -> faults.add(workload.title() + " takes "
                                + variable.path("name").asText() + " from somewhere else than a Secret")));
        manifests.all().stream()
                .filter(manifest -> !manifest.kind().equals("Secret"))
                .filter(manifest -> {
                    String text = manifest.tree().toString();
                    return values.stream().anyMatch(text::contains);
                })
                .forEach(manifest -> faults.add(manifest.title() + " holds the value of a Secret"));
        return faults;
    }

    private static Stream<JsonNode> variables(Manifest workload) {
        return workload.containers().flatMap(container -> Yaml.each(container.path("env")));
    }

    private static Set<String> given(Manifests manifests, Manifest workload) {
        Set<String> names = variables(workload)
                // An optional reference to a missing object sets nothing.
                .filter(variable -> !isOptional(variable) || !isRequired(workload, variable))
                .map(variable -> variable.path("name").asText())
                .collect(Collectors.toSet());
        workload.containers()
                .flatMap(container -> Yaml.each(container.path("envFrom")))
                .flatMap(from -> Stream.of(
                        manifests.find("Secret", from.at("/secretRef/name").asText()),
                        manifests.find(
                                "ConfigMap", from.at("/configMapRef/name").asText())))
                .flatMap(found -> found.stream())
                .forEach(found -> found.at("/data").fieldNames().forEachRemaining(names::add));
        return names;
    }

    private static boolean isOptional(JsonNode variable) {
        return Yaml.each(variable.path("valueFrom"))
                .anyMatch(reference -> reference.path("optional").asBoolean());
    }

    private static boolean isRequired(Manifest workload, JsonNode variable) {
        return workload.service()
                .filter(service ->
                        service.required().contains(variable.path("name").asText()))
                .isPresent();
    }

    /** As they are, percent-encoded, and each password inside a URL. */
    private static Set<String> secretValues(Manifests manifests) {
        var values = new HashSet<String>();
        manifests
                .ofKind("Secret")
                .forEach(secret -> secret.secrets().values().forEach(value -> {
                    values.add(value);
                    values.add(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
                    if (value.matches("\\w+://[^@]*:[^@]+@.*")) {
                        values.add(value.substring(value.indexOf(':', value.indexOf("//")) + 1, value.indexOf('@')));
                    }
                }));
        return values;
    }
}
