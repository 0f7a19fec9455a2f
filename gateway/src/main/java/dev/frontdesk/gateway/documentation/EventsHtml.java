package dev.frontdesk.gateway.documentation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** An AsyncAPI 3 document as HTML: the messages of each channel, and the fields of each message. It needs no script. */
final class EventsHtml {

    private static final List<String> BOUNDS =
            List.of("minimum", "maximum", "minLength", "maxLength", "maxProperties", "default", "pattern");

    private final JsonNode document;
    private final Html html = new Html();

    private EventsHtml(JsonNode document) {
        this.document = document;
    }

    static String of(JsonNode document) {
        var page = new EventsHtml(document);
        page.addInfo();
        page.document.path("channels").forEachEntry(page::addChannel);
        return page.html.toString();
    }

    private void addInfo() {
        JsonNode info = document.path("info");
        html.element("h2", text(info, "title") + " " + text(info, "version")).paragraph(text(info, "description"));
        for (JsonNode trait : document.path("components").path("messageTraits").values()) {
            addFields("Headers of every message", trait.path("headers"));
        }
    }

    private void addChannel(String name, JsonNode channel) {
        html.element("h3", text(channel, "address"));
        for (JsonNode operation : document.path("operations").values()) {
            if (text(operation.path("channel"), "$ref").equals("#/channels/" + name)) {
                String verb = text(operation, "action").equals("send") ? "Published by " : "Read by Frontdesk: ";
                html.paragraph(verb + text(operation, "description"));
            }
        }
        for (JsonNode reference : channel.path("messages").values()) {
            JsonNode message = resolve(reference);
            addFields(text(message, "name"), message.path("payload"));
        }
    }

    private void addFields(String title, JsonNode schema) {
        html.open("details").element("summary", title).open("div", "class", "fields");
        html.open("table").open("thead").open("tr");
        List.of("Field", "Type", "Description").forEach(column -> html.element("th", column, "scope", "col"));
        html.close("tr", "thead").open("tbody");
        addRows("", resolve(schema));
        html.close("tbody", "table", "div", "details");
    }

    private void addRows(String above, JsonNode schema) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(it -> required.add(it.asString()));
        schema.path("properties").forEachEntry((name, reference) -> {
            JsonNode field = resolve(reference);
            html.open("tr").open("td").element("code", above + name).close("td");
            html.element("td", typeOf(field) + (required.contains(name) ? "" : ", optional"));
            html.element("td", describe(field)).close("tr");
            addRows(above + name + ".", field);
            addRows(above + name + "[].", resolve(field.path("items")));
        });
    }

    private String typeOf(JsonNode schema) {
        if (schema.has("const")) {
            return "always " + text(schema, "const");
        }
        if (schema.has("enum")) {
            var values = new StringJoiner(" or ");
            schema.path("enum").forEach(it -> values.add(it.asString()));
            return values.toString();
        }
        if (schema.has("items")) {
            return "array of " + typeOf(resolve(schema.path("items")));
        }
        String format = text(schema, "format");
        return text(schema, "type") + (format.isEmpty() ? "" : " (" + format + ")");
    }

    private static String describe(JsonNode schema) {
        var parts = new ArrayList<String>();
        if (schema.has("description")) {
            parts.add(text(schema, "description"));
        }
        for (String bound : BOUNDS) {
            if (schema.has(bound)) {
                parts.add(bound + " " + text(schema, bound));
            }
        }
        return String.join("; ", parts);
    }

    /** What a reference inside the document means, such as {@code #/components/schemas/actor}. */
    private JsonNode resolve(JsonNode node) {
        String reference = text(node, "$ref");
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("").strip();
    }
}
