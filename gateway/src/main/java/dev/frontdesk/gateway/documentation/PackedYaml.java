package dev.frontdesk.gateway.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the YAML of a document that the build has put into the jar. */
final class PackedYaml {

    private PackedYaml() {}

    static JsonNode contentOf(StaticFile file) {
        Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(file.content(), UTF_8));
        return JsonMapper.shared().valueToTree(content);
    }
}
