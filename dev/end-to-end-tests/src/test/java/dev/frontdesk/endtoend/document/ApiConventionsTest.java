package dev.frontdesk.endtoend.document;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * {@code docs/api-conventions.md}, for every field, parameter and response of the OpenAPI and the AsyncAPI document.
 */
class ApiConventionsTest {

    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final Pattern HYPHENS = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");
    private static final Pattern UNIT_OF_TIME = Pattern.compile("(?i)\\b(milli|micro)?(second|minute)s?\\b|\\bms\\b");
    private static final Pattern LENGTH_OF_TIME = Pattern.compile(
            "(?:.*_)?(?:seconds|minutes|hours|days|millis|ttl|timeout|wait|delay|backoff|window|lease|duration|period|uptime|age|after)");

    private static final Set<String> KINDS = Set.of("kind", "type");
    private static final String KIND = "^[a-z][a-z0-9-]*(\\.[a-z0-9][a-z0-9-]*)*$";

    /** Names from HTTP, RFC 7662, RFC 9457, Redis and older documents. */
    private static final Set<String> SECONDS = Set.of(
            "ttl_seconds",
            "default_ttl_seconds",
            "max_ttl_seconds",
            "negative_ttl_seconds",
            "near_cache_seconds",
            "stale_if_error_seconds",
            "stale_while_revalidate_seconds",
            "retry_after",
            "uptime_in_seconds",
            "exp");

    /** A moment by a name from older documents. */
    private static final Set<String> MOMENTS_OF_OTHERS = Set.of("last_refresh");

    /** Their shape comes from older documents, from RFC 7662 or from RFC 9457. */
    private static final Set<String> SHAPES_OF_OTHERS = Set.of(
            "schemas/health",
            "schemas/redisHealth",
            "schemas/redisAlone",
            "schemas/problem",
            "schemas/tokenState",
            "responses/limited");

    /** POST that creates something: 201. */
    private static final Set<String> MAKES = Set.of(
            "verifyEmail",
            "verifyEmailShort",
            "logIn",
            "issueTicket",
            "addJob",
            "addJobs",
            "addWebhookEndpoint",
            "addTenant",
            "addApiKey");

    /** The new resource can't be read, or there are several. */
    private static final Set<String> MAKES_WITHOUT_A_PLACE = Set.of("logIn", "issueTicket", "addJobs");

    /** Also with another status than 204: the first may answer 201, and Envoy takes no other status than 200 for a yes. */
    private static final Set<String> WITHOUT_A_BODY = Set.of("putEntry", "putWidgetState", "putWidgetData", "forwardAuth");

    /** DELETE of several resources: 200 with their number. */
    private static final Set<String> DELETE_SEVERAL = Set.of("revokeOtherSessions", "deleteEntries");

    /** Of them, those that answer 202 if it takes long. */
    private static final Set<String> DELETE_LATER = Set.of("deleteEntries");

    /** POST that starts work for later: 202. */
    private static final Set<String> ASKS = Set.of(
            "register",
            "registerShort",
            "resendVerification",
            "resendVerificationShort",
            "forgotPassword",
            "changeAddress",
            "tellAccount",
            "sendEmail",
            "sendAnalyticsEvent",
            "orderReport",
            "sendWebhookEvent",
            "testWebhookEndpoint",
            "replayWebhooks",
            "warmUpEntries");

    /** Their request or answer has a secret, their caller is anonymous, or a repeat does no harm; api-conventions.md says which. */
    private static final Set<String> WITHOUT_IDEMPOTENCY_KEY = Set.of(
            "register",
            "registerShort",
            "resendVerification",
            "resendVerificationShort",
            "verifyEmail",
            "verifyEmailShort",
            "forgotPassword",
            "changeAddress",
            "logIn",
            "issueTicket",
            "addWebhookEndpoint",
            "addApiKey",
            "warmUpEntries");

    private final ApiDocument document = ApiDocument.read();
    private final JsonNode events =
            YAMLMapper.shared().readTree(Documents.named("asyncapi.yaml").toFile());

    /**
     * A field or a query parameter.
     *
     * @param where for messages
     * @param beside the names of all fields or parameters next to it, and its own
     */
    private record Named(String where, String name, JsonNode schema, String description, Set<String> beside) {

        @Override
        public String toString() {
            return where + " " + name;
        }

        String format() {
            return schema.path("format").asString("");
        }

        boolean isWholeNumber() {
            return schema.path("type").asString("").equals("integer");
        }
    }

    @Test
    void namesAreInSnakeCase() {
        assertThat(named())
                .filteredOn(it -> !SNAKE_CASE.matcher(it.name()).matches())
                .isEmpty();
    }

    @Test
    void valuesAreWordsWithHyphens() {
        var softly = new SoftAssertions();
        everywhere(
                document.root(),
                "",
                (where, node) -> node.path("enum")
                        .values()
                        .forEach(value -> softly.assertThat(value.asString())
                                .as("%s", where)
                                .matches(HYPHENS)));
        softly.assertAll();
    }

    @Test
    void componentsAreNamedAlike() {
        for (var kind : document.root().path("components").properties()) {
            assertThat(kind.getValue().propertyNames()).as(kind.getKey()).allMatch(it -> it.matches("[a-z][A-Za-z]*"));
        }
    }

    @Test
    void aNameHasOneType() {
        var types = named().stream()
                .filter(it -> SHAPES_OF_OTHERS.stream().noneMatch(it.where()::contains))
                .filter(it -> !type(it.schema()).isEmpty())
                .collect(groupingBy(Named::name, mapping(it -> type(it.schema()), toCollection(TreeSet::new))));

        assertThat(types.entrySet()).filteredOn(it -> it.getValue().size() > 1).isEmpty();
    }

    private String type(JsonNode schema) {
        if (schema.has("enum") || schema.has("const")) {
            return "string";
        }
        if (schema.has("allOf") || schema.has("properties")) {
            return "object";
        }
        if (schema.has("anyOf")) {
            return type(document.resolve(schema.get("anyOf").get(0)));
        }
        return schema.path("type").asString("");
    }

    /** Of requests; in responses Frontdesk's own values are possible too. */
    @Test
    void kindsAreWrittenInOneForm() {
        var parameters = document.operations().stream()
                .flatMap(Operation::parameters)
                .filter(it -> KINDS.contains(it.path("name").asString()))
                .map(it -> document.resolve(it.path("schema")));
        var fields = document.operations().stream()
                .flatMap(it -> it.fields().stream())
                .filter(it -> KINDS.contains(it.name().substring(it.name().lastIndexOf('.') + 1)))
                .map(Operation.Field::schema);
        var kinds =
                Stream.concat(parameters, fields).filter(it -> !it.has("enum")).toList();

        assertThat(kinds).hasSizeGreaterThan(8);
        assertThat(kinds)
                .filteredOn(it -> !it.path("pattern").asString("").equals(KIND)
                        || it.path("maxLength").asInt(0) != 64)
                .isEmpty();
    }

    @Test
    void lengthsOfTimeAreInMilliseconds() {
        assertThat(named())
                .filteredOn(Named::isWholeNumber)
                .filteredOn(it -> !SECONDS.contains(it.name()) && !it.name().endsWith("_ms"))
                .filteredOn(it -> LENGTH_OF_TIME.matcher(it.name()).matches()
                        || UNIT_OF_TIME.matcher(it.description()).find())
                .isEmpty();
        assertThat(named())
                .filteredOn(it -> it.name().endsWith("_ms") || it.name().endsWith("_bytes"))
                .isNotEmpty()
                .allMatch(Named::isWholeNumber);
    }

    @Test
    void sizesAreInBytes() {
        assertThat(named())
                .filteredOn(Named::isWholeNumber)
                .filteredOn(it -> it.name().contains("size") || it.description().contains("bytes"))
                .isNotEmpty()
                .allMatch(it -> it.name().endsWith("_bytes"));
    }

    @Test
    void momentsAreNamedAsMoments() {
        assertThat(named())
                .filteredOn(it -> isMoment(it.name()) != it.format().equals("date-time") && !isEndOfRange(it))
                .isEmpty();
        assertThat(named())
                .filteredOn(it -> it.format().equals("date") && !it.name().equals("day") && !isEndOfRange(it))
                .isEmpty();
    }

    private static boolean isMoment(String name) {
        return MOMENTS_OF_OTHERS.contains(name) || name.endsWith("_at") || name.endsWith("_since") || name.endsWith("_until");
    }

    private static boolean isEndOfRange(Named named) {
        return named.format().startsWith("date")
                && (named.name().equals("from") || named.name().equals("to"));
    }

    @Test
    void rangesAreFromAndTo() {
        assertThat(named())
                .noneMatch(it -> Set.of("since", "until", "after", "before", "start", "end", "begin")
                        .contains(it.name()));
        assertThat(named())
                .filteredOn(ApiConventionsTest::isEndOfRange)
                .isNotEmpty()
                .allSatisfy(it -> {
                    assertThat(it.beside()).as("%s", it).contains("from", "to");
                    assertThat(it.description())
                            .as("%s", it)
                            .contains(it.name().equals("from") ? "inclusive" : "exclusive");
                });
    }

    @Test
    void listsAreReadInPagesOfOneShape() {
        assertThat(document.operations()).allSatisfy(operation -> {
            var query = operation.parameters("query");
            JsonNode schema = success(operation, "200")
                    .path("content")
                    .path("application/json")
                    .path("schema");
            boolean goesOn = propertiesOf(document.resolve(schema)).containsKey("next_cursor");
            assertThat(query.contains("cursor")).as("%s", operation).isEqualTo(goesOn);
            assertThat(query.contains("limit")).as("%s", operation).isEqualTo(goesOn);
            if (operation.node().path("operationId").asString().matches("(list|find\\w+s\\b)\\w*")) {
                assertThat(propertiesOf(document.resolve(schema)).values())
                        .as("%s", operation)
                        .filteredOn(it ->
                                document.resolve(it).path("type").asString("").equals("array"))
                        .hasSize(1);
            }
        });
        assertThat(document.operations().stream()
                        .flatMap(Operation::parameters)
                        .filter(it -> it.path("name").asString().equals("limit"))
                        .map(it -> it.path("schema").toString()))
                .hasSizeGreaterThan(5)
                .allMatch("{\"type\":\"integer\",\"minimum\":1,\"maximum\":200,\"default\":50}"::equals);
    }

    @Test
    void answersHaveTheStatusOfWhatWasDone() {
        var softly = new SoftAssertions();
        for (var operation : document.operations()) {
            String id = operation.node().path("operationId").asString();
            var found = operation.node().path("responses").propertyNames().stream()
                    .filter(it -> it.startsWith("2"))
                    .collect(toSet());
            var answers = softly.assertThat(found).as("%s", operation);
            switch (operation.method()) {
                case "GET" -> answers.isEqualTo(id.equals("openSocket") ? Set.of() : Set.of("200"));
                case "PATCH" -> answers.isEqualTo(Set.of("200"));
                case "DELETE" ->
                    answers.isEqualTo(
                            DELETE_LATER.contains(id)
                                    ? Set.of("200", "202")
                                    : Set.of(DELETE_SEVERAL.contains(id) ? "200" : "204"));
                case "PUT" -> answers.isIn(Set.of("204"), Set.of("201", "204"), Set.of("200", "201"));
                default -> {
                    if (MAKES.contains(id)) {
                        answers.isIn(Set.of("201"), Set.of("200", "201"));
                    } else if (ASKS.contains(id)) {
                        answers.isEqualTo(Set.of("202"));
                    } else {
                        answers.isIn(Set.of("200"), Set.of("204"));
                    }
                }
            }
            if (operation.method().equals("POST") && found.contains("201")) {
                softly.assertThat(success(operation, "201").path("headers").has("Location"))
                        .as("%s: Location", operation)
                        .isEqualTo(!MAKES_WITHOUT_A_PLACE.contains(id));
            }
            found.forEach(status -> softly.assertThat(success(operation, status).has("content"))
                    .as("%s: the body of %s", operation, status)
                    .isEqualTo(!status.equals("204") && !WITHOUT_A_BODY.contains(id)));
        }
        softly.assertAll();
    }

    @Test
    void aPostThatCreatesTakesAnIdempotencyKey() {
        var softly = new SoftAssertions();
        for (var operation : document.operations()) {
            String id = operation.node().path("operationId").asString();
            boolean creates = operation.method().equals("POST") && (MAKES.contains(id) || ASKS.contains(id));
            softly.assertThat(operation.parameters("header").contains("Idempotency-Key"))
                    .as("%s: Idempotency-Key", operation)
                    .isEqualTo(creates && !WITHOUT_IDEMPOTENCY_KEY.contains(id));
        }
        softly.assertAll();
    }

    private JsonNode success(Operation operation, String status) {
        return document.resolve(operation.node().path("responses").path(status));
    }

    /** Including nested fields. */
    private Map<String, JsonNode> propertiesOf(JsonNode schema) {
        var found = new HashMap<String, JsonNode>();
        schema.path("properties").properties().forEach(it -> found.put(it.getKey(), it.getValue()));
        schema.path("allOf").values().forEach(part -> found.putAll(propertiesOf(document.resolve(part))));
        return found;
    }

    /** All fields of all bodies, responses and events, and all query parameters. */
    private List<Named> named() {
        var found = new ArrayList<Named>();
        Stream.of(document.root(), events)
                .forEach(root -> everywhere(root, "", (where, node) -> {
                    JsonNode properties = node.path("properties");
                    var names = Set.copyOf(properties.propertyNames());
                    // Headers of events have other names.
                    if (properties.isObject() && !where.endsWith("/headers")) {
                        properties.properties().forEach(it -> {
                            JsonNode schema = ApiDocument.resolve(root, it.getValue());
                            found.add(new Named(where, it.getKey(), schema, description(it.getValue(), schema), names));
                        });
                    }
                }));
        for (var operation : document.operations()) {
            var names = Set.copyOf(operation.parameters("query"));
            operation
                    .parameters()
                    .filter(it -> it.path("in").asString().equals("query"))
                    .forEach(it -> found.add(new Named(
                            operation.toString(),
                            it.path("name").asString(),
                            document.resolve(it.path("schema")),
                            it.path("description").asString(""),
                            names)));
        }
        assertThat(found).hasSizeGreaterThan(400);
        return found;
    }

    private static String description(JsonNode given, JsonNode schema) {
        return given.path("description").asString("")
                + schema.path("description").asString("");
    }

    private interface Visitor {

        void see(String where, JsonNode node);
    }

    /** References are not followed: their targets are visited where they are defined. */
    private static void everywhere(JsonNode node, String where, Visitor visitor) {
        visitor.see(where, node);
        if (node.isObject()) {
            node.properties().forEach(it -> everywhere(it.getValue(), where + "/" + it.getKey(), visitor));
        } else {
            node.values().forEach(it -> everywhere(it, where, visitor));
        }
    }
}
