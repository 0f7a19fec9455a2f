package dev.frontdesk.endtoend.document;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** One method of one path in the document. */
public final class Operation {

    private final ApiDocument document;
    private final String method;
    private final String path;
    private final JsonNode pathItem;
    private final JsonNode node;

    Operation(ApiDocument document, String method, String path, JsonNode pathItem, JsonNode node) {
        this.document = document;
        this.method = method.toUpperCase(java.util.Locale.ROOT);
        this.path = path;
        this.pathItem = pathItem;
        this.node = node;
    }

    /**
     * A field of a request's body.
     *
     * @param name dotted, as an error names it, with {@code [0]} for the first element of a list
     * @param body contains only a value of the field, with {@link #HERE} in its place
     */
    public record Field(String name, JsonNode schema, String body) {

        static final String HERE = "\"<here>\"";

        /** @param value JSON, well-formed or not */
        public String bodyWith(String value) {
            return body.replace(HERE, value);
        }
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public JsonNode node() {
        return node;
    }

    public boolean takesABody() {
        return node.has("requestBody");
    }

    /** The names of its parameters in {@code query}, {@code path} or {@code header}. */
    public List<String> parameters(String in) {
        return parameters()
                .filter(it -> it.path("in").asString().equals(in))
                .map(it -> it.path("name").asString())
                .toList();
    }

    /** Its own and those of its path. */
    public Stream<JsonNode> parameters() {
        return Stream.concat(
                        pathItem.path("parameters").valueStream(),
                        node.path("parameters").valueStream())
                .map(document::resolve);
    }

    /** All fields of its JSON body, at any depth. */
    public List<Field> fields() {
        var fields = new ArrayList<Field>();
        JsonNode body = document.resolve(node.path("requestBody")).path("content");
        for (JsonNode content : body.values()) {
            collect(document.resolve(content.path("schema")), "", Field.HERE, fields);
            break;
        }
        return fields;
    }

    private void collect(JsonNode schema, String name, String body, List<Field> fields) {
        if (!name.isEmpty()) {
            fields.add(new Field(name, schema, body));
        }
        for (JsonNode part : schema.path("allOf").values()) {
            collect(document.resolve(part), "", body, fields);
        }
        for (var property : schema.path("properties").properties()) {
            String here = "{\"" + property.getKey() + "\":" + Field.HERE + "}";
            collect(
                    document.resolve(property.getValue()),
                    name.isEmpty() ? property.getKey() : name + "." + property.getKey(),
                    body.replace(Field.HERE, here),
                    fields);
        }
        if (schema.has("items")) {
            collect(
                    document.resolve(schema.get("items")),
                    name + ".[0]",
                    body.replace(Field.HERE, "[" + Field.HERE + "]"),
                    fields);
        }
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
