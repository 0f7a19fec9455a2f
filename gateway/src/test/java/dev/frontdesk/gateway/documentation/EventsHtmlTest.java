package dev.frontdesk.gateway.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventsHtmlTest {

    @Test
    void hasEveryChannelMessageAndFieldOfTheDocument() {
        JsonNode document = PackedYaml.contentOf(StaticFile.packed("asyncapi.yaml", MediaType.TEXT_PLAIN));
        String html = EventsHtml.of(document);

        assertThat(document.path("channels").values())
                .hasSizeGreaterThan(5)
                .allSatisfy(channel -> assertThat(html)
                        .contains("<h3>" + channel.path("address").asString() + "</h3>"));
        assertThat(document.path("components").path("messages").values())
                .hasSizeGreaterThan(20)
                .allSatisfy(message -> {
                    assertThat(html).contains("<summary>" + message.path("name").asString() + "</summary>");
                    assertThat(message.path("payload").path("properties").propertyNames())
                            .isNotEmpty()
                            .allSatisfy(field -> assertThat(html).contains("<code>" + field + "</code>"));
                });
    }

    @Test
    void describesFieldsBelowOtherFields() {
        assertThat(EventsHtml.of(withPayload("""
                {"properties": {
                    "by": {"$ref": "#/components/schemas/actor"},
                    "lines": {"type": "array", "items": {"type": "object", "properties": {"count": {"type": "integer", "minimum": 1}}}}
                 }, "required": ["by"]}"""))).contains("""
                <tr><td><code>by</code></td><td>object</td><td>who</td></tr>""", """
                <tr><td><code>by.kind</code></td><td>account or operator, optional</td><td></td></tr>""", """
                <tr><td><code>lines</code></td><td>array of object, optional</td><td></td></tr>""", """
                <tr><td><code>lines[].count</code></td><td>integer, optional</td><td>minimum 1</td></tr>""");
    }

    @Test
    void escapesWhatTheDocumentSays() {
        String html = EventsHtml.of(withPayload("""
                {"properties": {"<b>": {"type": "<i>", "description": "<script>alert('1')</script>"}}}"""));

        assertThat(html)
                .contains("<code>&lt;b&gt;</code>", "&lt;script&gt;alert(&#39;1&#39;)")
                .doesNotContain("<script", "<i>", "<b>");
    }

    private static JsonNode withPayload(String payload) {
        return JsonMapper.shared().readTree("""
                {"info": {"title": "Test", "version": "1"},
                 "channels": {"c": {"address": "c.v1", "messages": {"m": {"$ref": "#/components/messages/m"}}}},
                 "components": {
                    "messages": {"m": {"name": "m.v1", "payload": %s}},
                    "schemas": {"actor": {"type": "object", "description": "who",
                        "properties": {"kind": {"enum": ["account", "operator"]}}}}}}""".formatted(payload));
    }
}
