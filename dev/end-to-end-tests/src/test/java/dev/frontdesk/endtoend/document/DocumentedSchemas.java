package dev.frontdesk.endtoend.document;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares bodies with the schemas of the document. A field that a schema does not list is an error. */
final class DocumentedSchemas {

    private static final ApiDocument DOCUMENT = ApiDocument.read();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<JsonNode, Schema> COMPILED = new ConcurrentHashMap<>();

    private DocumentedSchemas() {}

    static List<Error> errors(JsonNode schema, String json) {
        return COMPILED.computeIfAbsent(schema, it -> SCHEMAS.getSchema(closed(DOCUMENT.resolve(it), true)))
                .validate(JsonMapper.shared().readTree(json));
    }

    /**
     * The schema without references, and without unlisted fields.
     *
     * @param whole false for a part of an object
     */
    private static JsonNode closed(JsonNode node, boolean whole) {
        JsonNode schema = DOCUMENT.resolve(node);
        if (schema instanceof ArrayNode list) {
            var copy = JsonMapper.shared().createArrayNode();
            list.forEach(it -> copy.add(closed(it, whole)));
            return copy;
        }
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        var copy = JsonMapper.shared().createObjectNode();
        object.properties()
                .forEach(it ->
                        copy.set(it.getKey(), closed(it.getValue(), !it.getKey().equals("allOf"))));
        boolean lists = copy.path("properties").isObject() || copy.path("allOf").isArray();
        if (whole && lists && !copy.has("additionalProperties")) {
            copy.put("unevaluatedProperties", false);
        }
        return copy;
    }
}
