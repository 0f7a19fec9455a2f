package dev.frontdesk.endtoend.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code docs/openapi.yaml}. */
public final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final ApiDocument READ = new ApiDocument(YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readTree(Documents.named("openapi.yaml").toFile()));

    private final JsonNode root;
    private final List<Operation> operations = new ArrayList<>();

    private ApiDocument(JsonNode root) {
        this.root = root;
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> entry : path.getValue().properties()) {
                if (METHODS.contains(entry.getKey())) {
                    operations.add(
                            new Operation(this, entry.getKey(), path.getKey(), path.getValue(), entry.getValue()));
                }
            }
        }
    }

    public static ApiDocument read() {
        return READ;
    }

    public JsonNode root() {
        return root;
    }

    public List<Operation> operations() {
        return operations;
    }

    /** @param path as in the table of permissions, with {@code {*key}} for more than one segment */
    public Optional<Operation> operation(String method, String path) {
        return operations.stream()
                .filter(it -> it.method().equals(method) && it.path().equals(path.replace("{*", "{")))
                .findFirst();
    }

    /** The operation of a request. Paths with fewer variables come first, as {@code /sessions/current} before {@code /sessions/{id}}. */
    Optional<Operation> operationAt(String method, String path) {
        return operations.stream()
                .filter(it -> it.method().equals(method) && matches(it.path().split("/"), path.split("/")))
                .min((a, b) -> Long.compare(variablesIn(a), variablesIn(b)));
    }

    private static boolean matches(String[] template, String[] path) {
        if (template.length != path.length) {
            return false;
        }
        for (int i = 0; i < template.length; i++) {
            boolean variable = template[i].startsWith("{");
            if (variable ? path[i].isEmpty() : !template[i].equals(path[i])) {
                return false;
            }
        }
        return true;
    }

    private static long variablesIn(Operation operation) {
        return Arrays.stream(operation.path().split("/"))
                .filter(it -> it.startsWith("{"))
                .count();
    }

    /** The target of a {@code $ref}; the node itself if it is no reference. */
    public JsonNode resolve(JsonNode node) {
        return resolve(root, node);
    }

    /** The same in another document. */
    static JsonNode resolve(JsonNode document, JsonNode node) {
        JsonNode found = node;
        while (found.hasNonNull("$ref")) {
            found = document.at(found.get("$ref").asString().substring(1));
            if (found instanceof MissingNode) {
                throw new IllegalStateException("There is no " + node.get("$ref"));
            }
        }
        return found;
    }
}
