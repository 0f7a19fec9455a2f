package dev.frontdesk.deployment.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.services.Repository;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml, with its merge keys ({@code <<}) resolved. */
record Compose(JsonNode file) {

    static Compose read() {
        return of(Repository.text("docker-compose.yml"));
    }

    /** What docker-compose.tls.yml adds. */
    static Compose tls() {
        return of(Repository.text("docker-compose.tls.yml"));
    }

    static Compose of(String yaml) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object content = new Yaml(new SafeConstructor(options)).load(yaml);
        return new Compose(new ObjectMapper().valueToTree(content));
    }

    Map<String, JsonNode> services() {
        var services = new TreeMap<String, JsonNode>();
        file.path("services").properties().forEach(service -> services.put(service.getKey(), service.getValue()));
        return services;
    }

    static Map<String, String> environment(JsonNode service) {
        var variables = new TreeMap<String, String>();
        service.path("environment")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));
        return variables;
    }

    /** A copy with one error in it, to see a check fail. */
    Compose with(String name, Consumer<ObjectNode> mistake) {
        JsonNode copy = file.deepCopy();
        mistake.accept((ObjectNode) copy.at("/services/" + name));
        return new Compose(copy);
    }
}
