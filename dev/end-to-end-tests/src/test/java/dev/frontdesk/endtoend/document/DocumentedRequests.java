package dev.frontdesk.endtoend.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/**
 * Checks requests against the document, if they were accepted: their query, media type and body. So a service accepts nothing
 * in a test that the document does not allow.
 */
public final class DocumentedRequests {

    private static final ApiDocument DOCUMENT = ApiDocument.read();

    private DocumentedRequests() {}

    /**
     * @param type the Content-Type; empty without one
     * @param status of the response
     * @throws AssertionError with what the document lacks
     */
    public static void check(String method, String path, String type, byte[] body, int status) {
        String[] parts = path.split("\\?", 2);
        var found = DOCUMENT.operationAt(method, parts[0]);
        if (status < 200 || status > 299 || found.isEmpty()) {
            return;
        }
        Operation operation = found.get();
        if (parts.length > 1) {
            assertThat(Arrays.stream(parts[1].split("&")).map(it -> it.split("=", 2)[0]))
                    .as("%s: query parameters", operation)
                    .isSubsetOf(operation.parameters("query"));
        }
        checkBody(operation, type.split(";", 2)[0], body);
    }

    private static void checkBody(Operation operation, String type, byte[] body) {
        JsonNode documented = DOCUMENT.resolve(operation.node().path("requestBody"));
        if (body.length == 0) {
            assertThat(documented.path("required").asBoolean(false))
                    .as("%s: accepted without the required body", operation)
                    .isFalse();
            return;
        }
        JsonNode contents = documented.path("content");
        JsonNode content = contents.has("*/*") ? contents.get("*/*") : contents.path(type);
        assertThat(content.isMissingNode())
                .as("%s: accepted an undocumented body of type %s", operation, type)
                .isFalse();
        if (type.endsWith("json") && content.has("schema")) {
            String text = new String(body, UTF_8);
            assertThat(DocumentedSchemas.errors(content.get("schema"), text))
                    .as("%s: accepted %s", operation, text)
                    .isEmpty();
        }
    }
}
