package dev.frontdesk.deployment.documents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.deployment.services.Metadata;
import dev.frontdesk.deployment.services.Property;
import dev.frontdesk.deployment.services.Repository;
import dev.frontdesk.deployment.services.Service;
import dev.frontdesk.deployment.services.Yaml;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The values without any configuration: from a module's application.yml, or else the code's default. */
final class EffectiveDefaults {

    /** Internal settings, which operators do not change. */
    private static final Set<String> INTERNAL = Set.of("frontdesk.identity.verify");

    private EffectiveDefaults() {}

    /** All properties that an operator can set and that have no variable in the services' lists. */
    static Map<String, String> of(List<String> modules) {
        Set<String> variables = Arrays.stream(Service.values())
                .flatMap(service -> service.list().variables().stream())
                .map(variable -> variable.name())
                .collect(Collectors.toSet());
        var defaults = new TreeMap<String, String>();
        for (String module : modules) {
            Map<String, String> settings = settings(module);
            for (Property property : Metadata.ofModule(module)) {
                String said =
                        settings.getOrDefault(property.name(), Objects.requireNonNullElse(property.defaultValue(), ""));
                boolean listed = variables.contains(environmentForm(property.name()))
                        || variables.stream().anyMatch(variable -> said.startsWith("${" + variable));
                if (!listed
                        && !INTERNAL.contains(property.name())
                        && !property.name().equals("frontdesk.kafka.servers")) {
                    String name =
                            property.type().startsWith("java.util.Map") ? property.name() + ".*" : property.name();
                    defaults.put(name, said);
                }
            }
        }
        return defaults;
    }

    private static String environmentForm(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> settings(String module) {
        var settings = new TreeMap<String, String>();
        var file = Repository.ROOT.resolve(module).resolve("src/main/resources/application.yml");
        if (Files.exists(file)) {
            flatten("", Yaml.document(Repository.text(file)), settings);
        }
        return settings;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> settings) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), settings));
        } else if (!node.isArray()) {
            settings.put(path, node.asText());
        }
    }

    static List<String> modules() {
        var modules = new ArrayList<String>();
        modules.add("service-kit");
        Arrays.stream(Service.values()).map(Service::title).forEach(modules::add);
        return modules;
    }
}
