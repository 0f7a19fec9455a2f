package dev.frontdesk.gateway.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Frontdesk's own documents, as they were when the gateway was built. */
@Component
final class PackedDocuments {

    private static final MediaType YAML = new MediaType("application", "yaml");

    private final StaticFile openApi = StaticFile.packed("openapi.yaml", YAML);
    private final StaticFile openApiAsJson;
    private final StaticFile asyncApi = StaticFile.packed("asyncapi.yaml", YAML);
    private final JsonNode events;

    PackedDocuments() {
        openApiAsJson =
                new StaticFile(MediaType.APPLICATION_JSON, JsonMapper.shared().writeValueAsBytes(read(openApi)));
        events = read(asyncApi);
    }

    private static JsonNode read(StaticFile file) {
        Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(file.content(), UTF_8));
        return JsonMapper.shared().valueToTree(content);
    }

    StaticFile openApi() {
        return openApi;
    }

    StaticFile openApiAsJson() {
        return openApiAsJson;
    }

    StaticFile asyncApi() {
        return asyncApi;
    }

    /** The content of the AsyncAPI document. */
    JsonNode events() {
        return events;
    }
}
