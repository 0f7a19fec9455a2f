package dev.frontdesk.deployment.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** META-INF/spring-configuration-metadata.json, from the annotation processor and Spring Boot's jars. */
public final class Metadata {

    private static final String FILE = "META-INF/spring-configuration-metadata.json";
    private static final String OURS = "frontdesk.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<Property> FOREIGN = onClasspath().stream()
            .filter(property -> !property.name().startsWith(OURS))
            .toList();

    private Metadata() {}

    /** The service's own, service-kit's, and those of the libraries. */
    static List<Property> of(Service service) {
        return Stream.of(ofModule(service.title()), ofModule("service-kit"), FOREIGN)
                .flatMap(List::stream)
                .toList();
    }

    /** The properties that a module's own code reads. */
    public static List<Property> ofModule(String module) {
        Path file = Repository.ROOT.resolve(module).resolve("target/classes").resolve(FILE);
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " does not exist: build " + module + " first");
        }
        return read(Repository.text(file));
    }

    private static List<Property> onClasspath() {
        try {
            return Collections.list(Metadata.class.getClassLoader().getResources(FILE)).stream()
                    .flatMap(file -> read(text(file)).stream())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(URL file) {
        try (var content = file.openStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Property> read(String metadata) {
        try {
            return Yaml.each(JSON.readTree(metadata).path("properties"))
                    .map(Metadata::property)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Property property(JsonNode property) {
        return new Property(
                property.path("name").asText(),
                property.path("type").asText(),
                property.hasNonNull("defaultValue")
                        ? property.get("defaultValue").asText()
                        : null);
    }
}
