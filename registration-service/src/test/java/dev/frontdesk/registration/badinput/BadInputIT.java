package dev.frontdesk.registration.badinput;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What no endpoint may accept: 4xx as problem+json that names the field and does not repeat the input, and nothing is
 * written.
 */
@RunningService
class BadInputIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Fields that would change the sender's identity. */
    private static final Map<String, Object> NOT_FOR_CLIENTS = Map.of(
            "id", UUID.randomUUID().toString(),
            "role", "admin",
            "roles", List.of("admin"),
            "tenant", "other",
            "tenant_id", "other",
            "verified", true,
            "password_hash", "$argon2id$",
            "created_at", "2026-01-01T00:00:00Z",
            "__proto__", Map.of("role", "admin"));

    private final Visitor visitor;
    private final Stores stores;
    private final RequestMappingHandlerMapping mappings;
    private Written before = new Written(Set.of(), Map.of());

    @Autowired
    BadInputIT(
            Visitor visitor,
            Stores stores,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.visitor = visitor;
        this.stores = stores;
        this.mappings = mappings;
    }

    private record Written(Set<String> keys, Map<String, Integer> rows) {}

    static List<Endpoint> endpoints() {
        return Endpoints.all();
    }

    @BeforeEach
    void look() {
        before = written();
    }

    @AfterEach
    void nothingIsWritten() {
        Written now = written();
        var added = new HashSet<>(now.keys());
        added.removeAll(before.keys());
        assertThat(added).isEmpty();
        assertThat(now.rows()).isEqualTo(before.rows());
    }

    private Written written() {
        // Without the rows that an earlier test's relay is still sending, and copies that are written in the
        // background.
        Set<String> keys = stores.keys().stream()
                .filter(key ->
                        !key.contains("outbox") && !key.contains(":api-keys:") && !key.endsWith(":gateway-documents"))
                .collect(toSet());
        return new Written(keys, stores.rowsOfEveryTable());
    }

    @Test
    void knowsEveryEndpointThatReadsABody() {
        var mapped = new ArrayList<String>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (Stream.of(handler.getMethodParameters()).anyMatch(it -> it.hasParameterAnnotation(RequestBody.class))) {
                for (var method : mapping.getMethodsCondition().getMethods()) {
                    for (var pattern : mapping.getPatternsCondition().getPatterns()) {
                        mapped.add(method + " " + pattern.getPatternString().replaceAll("\\{[^}]*}", "{}"));
                    }
                }
            }
        });
        assertThat(endpoints())
                .extracting(it -> it.toString().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "{}"))
                .containsExactlyInAnyOrderElementsOf(mapped);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void wantsValuesOfTheRightType(Endpoint endpoint) {
        for (String field : endpoint.body().keySet()) {
            for (Object wrong : List.of(
                    42,
                    -1.5,
                    true,
                    List.of(),
                    List.of("a", "b"),
                    Map.of(),
                    Map.of("$ne", ""),
                    Map.of("a", List.of(1)))) {
                if (wrong.equals(42) && endpoint.body().get(field) instanceof Integer) {
                    continue;
                }
                assertThat(named(refusal(endpoint, endpoint.with(field, wrong))))
                        .as("%s: %s", field, wrong)
                        .containsExactly(field);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void misses(Endpoint endpoint) {
        for (String field : endpoint.body().keySet()) {
            if (!endpoint.optional().contains(field)) {
                assertThat(named(refusal(endpoint, endpoint.without(field)))).containsExactly(field);
                var withNull = new HashMap<>(endpoint.body());
                withNull.put(field, null);
                assertThat(named(refusal(endpoint, withNull))).containsExactly(field);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void refusesFieldsThatClientsMayNotSet(Endpoint endpoint) {
        NOT_FOR_CLIENTS.forEach((field, value) -> {
            if (!endpoint.body().containsKey(field)) {
                assertThat(named(refusal(endpoint, endpoint.with(field, value))))
                        .containsExactly(field);
            }
        });
        String camel = "firstName";
        assertThat(named(refusal(endpoint, endpoint.with(camel, "Ada")))).containsExactly(camel);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void refusesWhatIsNoObject(Endpoint endpoint) {
        String sound = JSON.writeValueAsString(endpoint.body());
        String first =
                JSON.writeValueAsString(endpoint.body().keySet().iterator().next());
        for (String body : List.of(
                "",
                " ",
                "\u0000",
                "\uFEFF",
                "{",
                "{]",
                "nonsense",
                "NaN",
                "42",
                "\"text\"",
                "null",
                "[]",
                "[" + sound + "]",
                sound + sound,
                sound + "x",
                sound.substring(0, sound.length() - 1),
                sound.replaceFirst("\\{", "{" + first + ":\"first\","),
                "{" + first + ":}",
                "{" + first + ":\"\\ud8\"}",
                "{" + first + ":\"a\nb\"}",
                "{" + first + ":'a'}",
                "[".repeat(5_000),
                "{\"a\":".repeat(5_000),
                "{" + first + ":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000) + "}",
                "{" + first + ":" + "9".repeat(5_000) + "}",
                "{\"" + "k".repeat(60_000) + "\":1}")) {
            JsonNode problem =
                    refusal(endpoint, body.getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON, 400);
            assertThat(problem.toString().length()).as(body).isLessThan(1_000);
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void refusesBytesThatAreNoText(Endpoint endpoint) {
        byte[] sound = JSON.writeValueAsBytes(endpoint.body());
        // After the first quote of the first value: an invalid byte, an overlong slash, half a surrogate pair, UTF-16.
        int inside = new String(sound, StandardCharsets.ISO_8859_1).indexOf(":\"") + 2;
        for (String hex : List.of("ff", "80", "c0af", "eda080", "f4908080", "c3")) {
            byte[] insert = HexFormat.of().parseHex(hex);
            byte[] body = new byte[sound.length + insert.length];
            System.arraycopy(sound, 0, body, 0, inside);
            System.arraycopy(insert, 0, body, inside, insert.length);
            System.arraycopy(sound, inside, body, inside + insert.length, sound.length - inside);
            refusal(endpoint, body, MediaType.APPLICATION_JSON, 400);
        }
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, Charset.forName("UTF-32"))) {
            byte[] body = new String(sound, StandardCharsets.UTF_8).getBytes(charset);
            refusal(endpoint, body, MediaType.APPLICATION_JSON, 400);
            // Declared or not.
            var type = new MediaType("application", "json", charset);
            assertThat(send(endpoint, endpoint.method().name(), body, type.toString())
                            .status())
                    .isIn(400, 415);
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void refusesWhatIsTooLarge(Endpoint endpoint) {
        String field = endpoint.body().keySet().iterator().next();
        byte[] body = JSON.writeValueAsBytes(endpoint.with(field, "a".repeat(endpoint.tooLarge())));
        refusal(endpoint, body, MediaType.APPLICATION_JSON, 413);
        byte[] space = (" ".repeat(endpoint.tooLarge()) + "{}").getBytes(StandardCharsets.UTF_8);
        refusal(endpoint, space, MediaType.APPLICATION_JSON, 413);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void readsJsonAlone(Endpoint endpoint) {
        byte[] sound = JSON.writeValueAsBytes(endpoint.body());
        for (var type : List.of(
                MediaType.APPLICATION_FORM_URLENCODED,
                MediaType.MULTIPART_FORM_DATA,
                MediaType.TEXT_PLAIN,
                MediaType.APPLICATION_XML,
                MediaType.APPLICATION_OCTET_STREAM)) {
            refusal(endpoint, sound, type, 415);
        }
        assertThat(send(endpoint, "PROPFIND", sound, "application/json").status())
                .isBetween(400, 499);
        assertThat(send(endpoint, endpoint.method().name(), sound, "no/type/at all")
                        .status())
                .isBetween(400, 499);
    }

    private JsonNode refusal(Endpoint endpoint, Map<String, Object> body) {
        return refusal(endpoint, JSON.writeValueAsBytes(body), MediaType.APPLICATION_JSON, 400);
    }

    private JsonNode refusal(Endpoint endpoint, byte[] body, MediaType type, int status) {
        Answer answer = send(endpoint, endpoint.method().name(), body, type.toString());
        assertThat(answer.status())
                .as("%s to %s of %d bytes", type, endpoint, body.length)
                .isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("type").asString()).startsWith("https://frontdesk.dev/problems/");
        assertThat(answer.body()).doesNotContain("example.com", "dev.frontdesk.registration", "Exception");
        return problem;
    }

    private record Answer(int status, String type, String body) {}

    private Answer send(Endpoint endpoint, String method, byte[] body, String type) {
        var request = HttpRequest.newBuilder(visitor.uri(endpoint.path()))
                .header(Headers.IDENTITY, visitor.identity(endpoint.caller()))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> named(JsonNode problem) {
        var fields = new ArrayList<String>();
        if (problem.has("errors")) {
            problem.get("errors").forEach(error -> {
                assertThat(error.get("message").asString()).isNotBlank();
                // An error in an element is one of its field.
                fields.add(error.get("field").asString().replaceFirst("\\..*", ""));
            });
        }
        return fields;
    }
}
