package dev.frontdesk.registration.signup;

import static dev.frontdesk.registration.Visitor.ACME;
import static dev.frontdesk.registration.Visitor.ada;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.registration.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningService
class BadRequestsIT {

    private static final String REGISTER = "/api/v1/users/register";
    private static final String VERIFY = "/api/v1/users/verify-email";
    private static final Caller ANONYMOUS = new Caller.Anonymous(ACME);

    @Autowired
    private Visitor visitor;

    @Autowired
    private Stores stores;

    private Set<String> keysBefore = Set.of();
    private int accountsBefore;

    @BeforeEach
    void look() {
        keysBefore = stores.keys();
        accountsBefore = stores.count("accounts");
    }

    @AfterEach
    void nothingIsWritten() {
        assertThat(keysBefore).containsAll(stores.keys());
        assertThat(stores.count("accounts")).isEqualTo(accountsBefore);
    }

    static Stream<Arguments> wrongFields() {
        return Stream.of(
                Arguments.of("email", null),
                Arguments.of("email", ""),
                Arguments.of("email", "ada"),
                Arguments.of("email", "ada@example.com\r\nBcc: eve@example.com"),
                Arguments.of("email", "a".repeat(250) + "@example.com"),
                Arguments.of("email", 42),
                Arguments.of("email", true),
                Arguments.of("email", List.of("ada@example.com")),
                Arguments.of("email", Map.of("address", "ada@example.com")),
                Arguments.of("password", null),
                Arguments.of("password", ""),
                Arguments.of("password", "short"),
                Arguments.of("password", "password123"),
                Arguments.of("password", "x".repeat(129)),
                Arguments.of("password", 7391548206431L),
                Arguments.of("password", 73915482.25),
                Arguments.of("first_name", null),
                Arguments.of("first_name", " "),
                Arguments.of("first_name", "A\u0000da"),
                Arguments.of("first_name", "a".repeat(101)),
                Arguments.of("last_name", null),
                Arguments.of("last_name", "Love\nlace"),
                Arguments.of("last_name", false),
                Arguments.of("phone", "555"),
                Arguments.of("phone", ""),
                Arguments.of("phone", 905551234567L),
                Arguments.of("locale", "not a locale"),
                Arguments.of("locale", List.of()),
                Arguments.of("id", UUID.randomUUID().toString()),
                Arguments.of("role", "admin"),
                Arguments.of("roles", List.of("admin")),
                Arguments.of("tenant_id", "other"),
                Arguments.of("verified", true),
                Arguments.of("firstName", "Ada"));
    }

    @ParameterizedTest
    @MethodSource("wrongFields")
    void namesTheFieldThatIsWrong(String field, @Nullable Object value) {
        Map<String, Object> body = ada(anyEmail());
        if (value == null) {
            body.remove(field);
        } else {
            body.put(field, value);
        }

        JsonNode problem = problem(visitor.register(body), 400);

        assertThat(named(problem)).containsExactly(field);
        assertThat(problem.get("errors").get(0).get("message").asString()).isNotBlank();
    }

    @Test
    void namesAllFieldsThatAreWrong() {
        JsonNode problem = problem(visitor.register(Map.of("password", "short", "phone", "x")), 400);
        assertThat(named(problem)).containsExactlyInAnyOrder("email", "password", "first_name", "last_name", "phone");
    }

    @Test
    void takesNullForMissing() {
        String body = new JsonMapper().writeValueAsString(ada(anyEmail())).replace("\"Ada\"", "null");
        assertThat(named(problem(send(REGISTER, body), 400))).containsExactly("first_name");
    }

    @Test
    void refusesAPasswordMadeOfTheAddress() {
        String email = "byron.lovelace." + UUID.randomUUID() + "@example.com";
        Map<String, Object> body = ada(email);
        body.put("password", email);
        JsonNode problem = problem(visitor.register(body), 400);
        assertThat(named(problem)).containsExactly("password");
        assertThat(problem.toString()).doesNotContain("lovelace");
    }

    static Stream<Arguments> malformedBodies() {
        String sound = new JsonMapper().writeValueAsString(ada("ada@example.com"));
        Stream<String> forBoth = Stream.of(
                "",
                " ",
                "{",
                "nonsense",
                "[]",
                "\"text\"",
                "42",
                "null",
                "{\"email\":}",
                "{]",
                "{\"email\":\"\\ud8\"}");
        Stream<String> forOne = Stream.of(
                "\u0000",
                "[" + sound + "]",
                sound + sound,
                sound + "x",
                sound.replace("{", "{\"email\":\"eve@example.com\","),
                "[".repeat(5_000),
                "{\"email\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000) + "}");
        return Stream.concat(
                forBoth.flatMap(body -> Stream.of(Arguments.of(REGISTER, body), Arguments.of(VERIFY, body))),
                forOne.map(body -> Arguments.of(REGISTER, body)));
    }

    @ParameterizedTest
    @MethodSource("malformedBodies")
    void refusesWhatItCannotRead(String path, String body) {
        JsonNode problem = problem(send(path, body), 400);
        assertThat(problem.toString()).doesNotContain("example.com").doesNotContain("dev.frontdesk.registration");
    }

    @Test
    void refusesWhatIsTooLarge() {
        Map<String, Object> body = ada(anyEmail());
        body.put("first_name", "a".repeat(70_000));
        problem(visitor.register(body), 413);
    }

    @Test
    void readsJsonAlone() {
        problem(
                visitor.client()
                        .post()
                        .uri(REGISTER)
                        .header("X-Frontdesk-Identity", visitor.identity(ANONYMOUS))
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .bodyValue("email=ada@example.com")
                        .exchange(),
                415);
        problem(
                visitor.client()
                        .get()
                        .uri(REGISTER)
                        .header("X-Frontdesk-Identity", visitor.identity(ANONYMOUS))
                        .exchange(),
                405);
    }

    @Test
    void refusesRequestsThatBypassTheGateway() {
        problem(
                visitor.client()
                        .post()
                        .uri(REGISTER)
                        .header("X-Tenant-Id", "acme")
                        .bodyValue(ada(anyEmail()))
                        .exchange(),
                401);
        problem(visitor.post(REGISTER, new Caller.Service(ACME, "session-service"), ada(anyEmail())), 401);
    }

    @Test
    void needsBothFieldsToVerify() {
        assertThat(named(problem(visitor.post(VERIFY, ANONYMOUS, Map.of()), 400)))
                .containsExactly("email", "code");
        assertThat(named(problem(visitor.post(VERIFY, ANONYMOUS, Map.of("email", anyEmail(), "code", 123456)), 400)))
                .containsExactly("code");
    }

    private ResponseSpec send(String path, String body) {
        return visitor.post(path, ANONYMOUS, body);
    }

    private static JsonNode problem(ResponseSpec answer, int status) {
        answer.expectStatus().isEqualTo(status).expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
        JsonNode problem = json(answer);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("type").asString()).startsWith("https://frontdesk.dev/problems/");
        return problem;
    }

    private static List<String> named(JsonNode problem) {
        var fields = new ArrayList<String>();
        problem.get("errors").forEach(error -> fields.add(error.get("field").asString()));
        return fields;
    }
}
