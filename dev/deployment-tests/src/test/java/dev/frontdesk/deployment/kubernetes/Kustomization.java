package dev.frontdesk.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.services.Repository;
import dev.frontdesk.deployment.services.Yaml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The part of kustomize that our folders use, for machines without kubectl: resources, namespace, literal ConfigMaps,
 * Secrets from env files, images, and patches that add or replace. Anything else in a kustomization is refused.
 * Generated names get no hash.
 */
final class Kustomization {

    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "resources",
            "namespace",
            "configMapGenerator",
            "secretGenerator",
            "images",
            "patches");

    private static final Set<String> WITHOUT_NAMESPACE = Set.of("Namespace", "ClusterRole", "ClusterRoleBinding");

    private final Path folder;
    private final JsonNode file;

    private Kustomization(Path folder) {
        this.folder = folder;
        this.file = Yaml.document(Repository.text(folder.resolve("kustomization.yaml")));
        file.fieldNames().forEachRemaining(field -> {
            if (!KNOWN.contains(field)) {
                throw new IllegalArgumentException(folder + ": no idea of '" + field + "' without kubectl");
            }
        });
    }

    static Manifests render(Path folder) {
        return new Manifests(
                new Kustomization(folder).objects().stream().map(Manifest::new).toList());
    }

    private List<ObjectNode> objects() {
        var objects = new ArrayList<ObjectNode>();
        for (JsonNode resource : file.path("resources")) {
            Path path = folder.resolve(resource.asText()).normalize();
            if (Files.isDirectory(path)) {
                objects.addAll(new Kustomization(path).objects());
            } else {
                Yaml.documents(Repository.text(path)).forEach(document -> objects.add((ObjectNode) document));
            }
        }
        file.path("configMapGenerator").forEach(map -> objects.add(generated("ConfigMap", map)));
        file.path("secretGenerator").forEach(secret -> objects.add(generated("Secret", secret)));
        objects.forEach(this::inNamespace);
        file.path("images").forEach(image -> objects.forEach(object -> rename(image, object)));
        file.path("patches").forEach(patch -> objects.forEach(object -> patch(patch, object)));
        return objects;
    }

    private ObjectNode generated(String kind, JsonNode generator) {
        var object =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", kind);
        object.putObject("metadata").put("name", generator.path("name").asText());
        ObjectNode data = object.putObject("data");
        var lines = new ArrayList<String>();
        generator.path("literals").forEach(literal -> lines.add(literal.asText()));
        generator
                .path("envs")
                .forEach(env -> Repository.text(folder.resolve(env.asText()))
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .forEach(lines::add));
        for (String line : lines) {
            String value = line.substring(line.indexOf('=') + 1);
            data.put(
                    line.substring(0, line.indexOf('=')),
                    kind.equals("Secret")
                            ? Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
                            : value);
        }
        if (kind.equals("Secret")) {
            object.put("type", "Opaque");
        }
        return object;
    }

    private void inNamespace(ObjectNode object) {
        if (file.has("namespace")
                && !WITHOUT_NAMESPACE.contains(object.path("kind").asText())) {
            ((ObjectNode) object.get("metadata")).set("namespace", file.get("namespace"));
        }
    }

    private static void rename(JsonNode image, ObjectNode object) {
        for (JsonNode container : object.at("/spec/template/spec/containers")) {
            String name = container.path("image").asText().split(":")[0];
            if (name.equals(image.path("name").asText())) {
                ((ObjectNode) container)
                        .put(
                                "image",
                                image.path("newName").asText(name) + ":"
                                        + image.path("newTag").asText("latest"));
            }
        }
    }

    private static void patch(JsonNode patch, ObjectNode object) {
        boolean meant =
                patch.at("/target/kind").asText().equals(object.path("kind").asText())
                        && (!patch.at("/target").has("name")
                                || patch.at("/target/name")
                                        .asText()
                                        .equals(object.at("/metadata/name").asText()));
        if (!meant) {
            return;
        }
        for (JsonNode step : Yaml.document(patch.path("patch").asText())) {
            String path = step.path("path").asText();
            JsonNode parent = object.at(path.substring(0, path.lastIndexOf('/')));
            String last = path.substring(path.lastIndexOf('/') + 1);
            String operation = step.path("op").asText();
            if (last.equals("-") && operation.equals("add")) {
                ((ArrayNode) parent).add(step.get("value"));
            } else if (parent instanceof ObjectNode fields
                    && Set.of("add", "replace").contains(operation)) {
                fields.set(last, step.get("value"));
            } else {
                throw new IllegalArgumentException("No idea of " + operation + " " + path + " without kubectl");
            }
        }
    }
}
