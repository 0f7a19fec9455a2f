package dev.frontdesk.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.deployment.services.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Secrets and ConfigMaps that pods reference must exist, with the referenced keys: otherwise a pod never starts. */
final class References {

    private References() {}

    /** @param elsewhere objects that are not part of the rendering, such as production's Secret */
    static List<String> faultsIn(Manifests manifests, Manifests elsewhere) {
        var faults = new ArrayList<String>();
        manifests
                .workloads()
                .forEach(workload -> asked(workload).forEach(wanted -> {
                    Optional<Manifest> found = manifests
                            .find(wanted.kind(), wanted.name())
                            .or(() -> elsewhere.find(wanted.kind(), wanted.name()));
                    if (found.isEmpty()) {
                        faults.add(workload.title() + " asks for " + wanted.kind() + " " + wanted.name()
                                + ", which does not exist");
                    } else if (!wanted.key().isEmpty()
                            && Stream.of("data", "stringData", "binaryData")
                                    .noneMatch(
                                            part -> found.get().at("/" + part).has(wanted.key()))) {
                        faults.add(workload.title() + " asks for " + wanted.key() + ", which is not in " + wanted.kind()
                                + " " + wanted.name());
                    }
                }));
        return faults;
    }

    static List<String> faultsOfAccounts(Manifests manifests) {
        return manifests
                .services()
                .filter(workload -> manifests
                        .find(
                                "ServiceAccount",
                                workload.pod().path("serviceAccountName").asText())
                        .isEmpty())
                .map(workload -> workload.title() + " uses a ServiceAccount that does not exist")
                .toList();
    }

    /** @param key empty if the whole object is referenced */
    private record Wanted(String kind, String name, String key) {}

    private static Stream<Wanted> asked(Manifest workload) {
        Stream<Wanted> variables = workload.containers()
                .flatMap(container -> Yaml.each(container.path("env")))
                .map(variable -> variable.path("valueFrom"))
                .flatMap(from -> Stream.concat(
                        wanted("Secret", from.path("secretKeyRef")),
                        wanted("ConfigMap", from.path("configMapKeyRef"))));
        Stream<Wanted> all = workload.containers()
                .flatMap(container -> Yaml.each(container.path("envFrom")))
                .flatMap(from -> Stream.concat(
                        wanted("Secret", from.path("secretRef")), wanted("ConfigMap", from.path("configMapRef"))));
        Stream<Wanted> volumes = Yaml.each(workload.pod().path("volumes"))
                .flatMap(volume -> Stream.concat(
                        items("Secret", volume.path("secret"), "secretName"),
                        items("ConfigMap", volume.path("configMap"), "name")));
        return Stream.of(variables, all, volumes).flatMap(some -> some);
    }

    private static Stream<Wanted> wanted(String kind, JsonNode reference) {
        return reference.isMissingNode() || reference.path("optional").asBoolean()
                ? Stream.of()
                : Stream.of(new Wanted(
                        kind,
                        reference.path("name").asText(),
                        reference.path("key").asText()));
    }

    private static Stream<Wanted> items(String kind, JsonNode source, String nameField) {
        if (source.isMissingNode()) {
            return Stream.of();
        }
        String name = source.path(nameField).asText();
        return source.has("items")
                ? Yaml.each(source.path("items"))
                        .map(item -> new Wanted(kind, name, item.path("key").asText()))
                : Stream.of(new Wanted(kind, name, ""));
    }
}
