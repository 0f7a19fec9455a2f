package dev.frontdesk.endtoend;

import static dev.frontdesk.contracts.http.ProblemType.INVALID_REQUEST;
import static dev.frontdesk.contracts.http.ProblemType.MALFORMED_REQUEST;
import static dev.frontdesk.contracts.http.ProblemType.NOT_FOUND;
import static dev.frontdesk.contracts.http.ProblemType.PAYLOAD_TOO_LARGE;
import static dev.frontdesk.contracts.http.ProblemType.UNAUTHENTICATED;
import static dev.frontdesk.contracts.http.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static dev.frontdesk.contracts.http.ProblemType.WRONG_CREDENTIALS;
import static dev.frontdesk.contracts.http.ProblemType.WRONG_VERIFICATION_CODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Session;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid requests get problem+json and leave nothing behind. */
@WithStack
class BadInputIT {

    private final LocalStack stack;
    private final Gateway gateway;
    private final Person person;
    private long accountsBefore;
    private Set<String> keysBefore = Set.of();

    BadInputIT(LocalStack stack) {
        this.stack = stack;
        this.gateway = new Gateway(stack.gatewayUrl());
        this.person = Person.speaking(stack, "en");
    }

    @BeforeEach
    void looksAtWhatIsThere() {
        accountsBefore = stack.postgres().accounts();
        keysBefore = keys();
    }

    @AfterEach
    void nothingWasWritten() {
        assertThat(stack.postgres().accounts()).isEqualTo(accountsBefore);
        assertThat(keysBefore).containsAll(keys());
    }

    /**
     * Sessions, pending registrations, tickets, entries; not the counters of the limits, which also count refused
     * requests.
     */
    private Set<String> keys() {
        return Stream.of("session", "verification", "realtime-ticket", "cache")
                .flatMap(feature -> stack.redis().timesToLive("frontdesk:local:*:" + feature + ":*").keySet().stream())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "password", "first_name", "last_name"})
    void refusesToRegisterWithout(String field) {
        invalid(person.formWithout(field), field);
    }

    static Stream<Arguments> refusesToRegisterWith() {
        return Stream.of(
                Arguments.of("email", "not an address"),
                Arguments.of("email", 7),
                Arguments.of("password", "short"),
                Arguments.of("password", "password123"),
                Arguments.of("first_name", "a\nb"),
                Arguments.of("phone", "call me"),
                Arguments.of("locale", "klingon please"),
                Arguments.of("role", "admin"),
                Arguments.of("tenant_id", "other"),
                Arguments.of("verified", true));
    }

    @ParameterizedTest
    @MethodSource
    void refusesToRegisterWith(String field, Object value) {
        invalid(person.formWith(field, value), field);
    }

    /** This installation has no {@code frontdesk.notification.reports.link}. */
    @Test
    void refusesToMailAReportThatNoPageShows() {
        var report =
                "{\"kind\":\"accounts\",\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\",\"email\":\"a@example.org\"}";

        var answer = gateway.post("/api/v1/reports", report, "X-API-Key", stack.operatorKey());

        answer.expectProblem(INVALID_REQUEST);
        assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo("email");
    }

    private void invalid(String form, String field) {
        var answer = gateway.post(Person.REGISTER, form).expectProblem(INVALID_REQUEST);

        assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"text\"", "null", "{\"email\":\"a@example.org\",}", "{} {}"})
    void refusesWhatIsNoObject(String body) {
        gateway.post(Person.REGISTER, body).expectProblem(MALFORMED_REQUEST);
        gateway.post(Person.VERIFY, body).expectProblem(MALFORMED_REQUEST);
        gateway.post(Person.SESSIONS, body).expectProblem(MALFORMED_REQUEST);
    }

    @Test
    void refusesWhatIsNoJson() {
        gateway.send("POST", Person.REGISTER, bytes("email=a@example.org"), "Content-Type", "text/plain")
                .expectProblem(UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        gateway.post(Person.REGISTER, person.formWith("last_name", "x".repeat(100_000)))
                .expectProblem(PAYLOAD_TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({"12345, INVALID_REQUEST", "abcdef, INVALID_REQUEST", "000000, WRONG_VERIFICATION_CODE"})
    void refusesCodesForAnUnknownAddress(String code, ProblemType type) {
        person.proves(code).expectProblem(type);
    }

    @Test
    void refusesAWrongCode() {
        person.registers().expect(202);
        looksAtWhatIsThere();
        var right = person.mail().code();

        person.proves(right.equals("123456") ? "654321" : "123456").expectProblem(WRONG_VERIFICATION_CODE);
    }

    @Test
    void refusesALoginWithoutAnAccount() {
        person.triesToLogIn().expectProblem(WRONG_CREDENTIALS);
        gateway.post(Person.SESSIONS, "{\"email\":\"a@example.org\"}").expectProblem(INVALID_REQUEST);
        gateway.post(Person.SESSIONS, "{\"email\":\"a@example.org\",\"password\":\"x\",\"admin\":true}")
                .expectProblem(INVALID_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/sessions",
        "DELETE, /api/v1/sessions/current",
        "POST, " + Session.TICKETS,
        "GET, /ws",
        "GET, /ws?ticket=nobodys",
        "GET, /api/v1/cache/n/k",
        "PUT, /api/v1/cache/n/k",
        "DELETE, /api/v1/cache/n/k"
    })
    void asksForAToken(String method, String path) {
        if (!path.startsWith("/ws?")) {
            gateway.send(method, path, new byte[0]).expectProblem(UNAUTHENTICATED);
        }
        for (var token : new String[] {"x", "fds_7_" + "a".repeat(43), "fdo_" + "a".repeat(43)}) {
            gateway.send(method, path, new byte[0], "Authorization", "Bearer " + token)
                    .expectProblem(UNAUTHENTICATED);
            gateway.send(method, path, new byte[0], "X-API-Key", token).expectProblem(UNAUTHENTICATED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nowhere",
                "/api/v1/nowhere",
                "/internal/introspect",
                "/internal/credentials/check",
                "/actuator/health",
                "/api/v1/sessions/../../internal/introspect",
                "/api/v1/users%2f..%2f..%2finternal"
            })
    void leadsNowhereElse(String path) {
        gateway.send("POST", path, bytes("{}"), "Content-Type", "application/json", "X-API-Key", stack.operatorKey())
                .expectProblem(NOT_FOUND);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
