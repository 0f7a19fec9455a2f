package dev.frontdesk.endtoend.document;

import static dev.frontdesk.contracts.access.Audience.EVERYONE;
import static dev.frontdesk.contracts.access.Audience.SERVICES;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.frontdesk.contracts.access.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code docs/openapi.yaml} alone, and compared with the table of permissions. */
class ApiDocumentTest {

    private static final String OPEN_API = "https://spec.openapis.org/oas/3.1/schema-base/2022-10-07";
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final ApiDocument document = ApiDocument.read();

    @Test
    void isAnOpenApiDocument() {
        var schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(ApiDocumentTest::schema));

        assertThat(schemas.getSchema(SchemaLocation.of(OPEN_API)).validate(document.root()))
                .isEmpty();
    }

    /** The OpenAPI project's own schemas, from a library. */
    private static @Nullable String schema(String iri) {
        try (var resource = ApiDocumentTest.class.getClassLoader().getResourceAsStream(iri.replace("https://", ""))) {
            return resource == null ? null : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void refersToNothingThatIsNotThere() {
        all(document.root()).forEach(document::resolve);
    }

    @Test
    void hasTheLinesOfTheTableOfPermissions() {
        assertThat(document.operations().stream().map(Operation::toString))
                .containsExactlyInAnyOrderElementsOf(published()
                        .map(it -> it.method() + " " + it.path().replace("{*", "{"))
                        .toList());
    }

    @Test
    void namesEachOperationOnceAndPutsItUnderATag() {
        var tags = document.root()
                .path("tags")
                .valueStream()
                .map(it -> it.path("name").asString())
                .collect(toSet());

        assertThat(document.operations().stream()
                        .map(it -> it.node().path("operationId").asString("")))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z][A-Za-z]+"));
        assertThat(document.operations()).allSatisfy(operation -> {
            assertThat(operation.node().path("summary").asString("")).isNotBlank();
            assertThat(operation.node().path("tags").valueStream().map(JsonNode::asString))
                    .as("%s", operation)
                    .hasSize(1)
                    .isSubsetOf(tags);
        });
    }

    @Test
    void hasThePathsParameters() {
        assertThat(document.operations())
                .allSatisfy(operation -> assertThat(operation.parameters("path"))
                        .as("%s", operation)
                        .containsExactlyInAnyOrderElementsOf(VARIABLE.matcher(operation.path())
                                .results()
                                .map(it -> it.group(1))
                                .toList()));
    }

    @Test
    void saysWhatOpensAnEndpoint() {
        published().forEach(endpoint -> {
            var schemes = operation(endpoint)
                    .node()
                    .path("security")
                    .valueStream()
                    .flatMap(it -> it.propertyNames().stream())
                    .collect(toSet());
            assertThat(schemes)
                    .as(endpoint.name())
                    .isEqualTo(
                            switch (endpoint.audience()) {
                                case EVERYONE -> Set.of();
                                case ACCOUNTS -> Set.of("session", "cookie");
                                case OPERATOR_KEY -> Set.of("apiKey");
                                default -> Set.of("session", "cookie", "apiKey");
                            });
        });
    }

    /** A parameter or a token may be wrong everywhere, a tenant unknown or suspended, and a limit or an outage may occur. */
    @Test
    void saysWhatEveryRequestMayMeet() {
        published().forEach(endpoint -> {
            var operation = operation(endpoint);
            var expected = new TreeSet<>(Set.of("400", "401", "403", "404", "429", "503"));
            if (operation.takesABody()) {
                expected.addAll(Set.of("413", "415"));
            }
            assertThat(operation.node().path("responses").propertyNames())
                    .as("%s", operation)
                    .containsAll(expected);
        });
    }

    /** Otherwise a misspelt field of the document would be none of the fields that tests check. */
    @Test
    void saysThatUnknownFieldsAreRefused() {
        assertThat(document.operations()).allSatisfy(operation -> {
            JsonNode schema = document.resolve(document.resolve(operation.node().path("requestBody"))
                    .path("content")
                    .path("application/json")
                    .path("schema"));
            if (schema.has("properties")) {
                assertThat(schema.path("additionalProperties").asBoolean(true))
                        .as("%s", operation)
                        .isFalse();
            }
        });
    }

    private Operation operation(Endpoint endpoint) {
        return document.operation(endpoint.method(), endpoint.path()).orElseThrow();
    }

    private static Stream<Endpoint> published() {
        return Stream.of(Endpoint.values()).filter(it -> it.audience() != SERVICES);
    }

    private static List<JsonNode> all(JsonNode node) {
        var found = new ArrayList<JsonNode>();
        found.add(node);
        node.valueStream().forEach(child -> found.addAll(all(child)));
        return found;
    }
}
