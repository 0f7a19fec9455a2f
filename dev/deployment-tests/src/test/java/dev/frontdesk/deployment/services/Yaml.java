package dev.frontdesk.deployment.services;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** YAML as trees. A duplicate key is refused: otherwise the second would silently win. */
public final class Yaml {

    private static final ObjectMapper MAPPER = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private Yaml() {}

    /** The documents of a file, without empty ones. */
    public static List<JsonNode> documents(String text) {
        try (var parser = MAPPER.createParser(text)) {
            var documents = new ArrayList<JsonNode>();
            MAPPER.readValues(parser, JsonNode.class).forEachRemaining(document -> {
                if (document != null && !document.isNull()) {
                    documents.add(document);
                }
            });
            return documents;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("Not YAML: " + unreadable.getMessage(), unreadable);
        }
    }

    public static JsonNode document(String text) {
        return documents(text).getFirst();
    }

    public static String write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The elements of a list, none if there is no list. */
    public static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
