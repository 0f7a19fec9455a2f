package dev.frontdesk.endtoend;

import static dev.frontdesk.contracts.access.Audience.ACCOUNTS;
import static dev.frontdesk.contracts.access.Audience.EVERYONE;
import static dev.frontdesk.contracts.access.Audience.SERVICES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.access.Endpoint;
import dev.frontdesk.endtoend.document.ApiDocument;
import dev.frontdesk.endtoend.document.Operation;
import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Session;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules for every request in the table of permissions, sent by an authorized caller. */
@WithStack
class EveryRequestIT {

    private static final byte[] NO_BODY = {};
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(UTF_8);

    /** Besides wrong signs and fractions: numbers outside the range of our types, and values that are not numbers. */
    private static final List<String> NO_WHOLE_NUMBERS =
            List.of("2.7", "-0.9", "1.0", "1e400", "99999999999999999999", "\"2\"", "\"\"", "true", "{}", "[]");

    private static final List<String> NO_BOOLEANS = List.of("1", "0", "\"true\"", "\"\"", "2.5", "{}", "[]");
    private static final List<String> NO_STRINGS = List.of("1", "2.5", "true", "{}", "[]");

    private final LocalStack stack;
    private final Gateway gateway;
    private final ApiDocument document = ApiDocument.read();

    EveryRequestIT(LocalStack stack) {
        this.stack = stack;
        this.gateway = new Gateway(stack.gatewayUrl());
    }

    /** The gateway has no route to internal requests, and sockets are opened in another way. */
    private static Stream<Endpoint> endpoints() {
        return Stream.of(Endpoint.values()).filter(it -> it.audience() != SERVICES && it != Endpoint.OPEN_SOCKET);
    }

    /** Also with a wrong token, and where nothing exists. */
    @Test
    void isAnsweredAsJsonWhateverItAccepts() {
        var all = new SoftAssertions();
        var session = Person.withAccount(stack).logsIn();
        for (String accept : List.of("text/plain", "image/*", "application/json;q=0", "nonsense")) {
            endpoints().forEach(endpoint -> {
                byte[] body = operation(endpoint).takesABody() ? EMPTY_OBJECT : NO_BODY;
                if (endpoint != Endpoint.LOG_OUT) {
                    hasItsOneForm(all, endpoint, send(endpoint, "", body, session, "Accept", accept));
                }
                hasItsOneForm(
                        all,
                        endpoint,
                        patiently(endpoint, "", body, "Authorization", "Bearer no-token", "Accept", accept));
            });
            isProblem(all, gateway.get("/nothing/here", "Accept", accept));
            isProblem(all, gateway.get("/api/v1/users/me?access_token=x", "Accept", accept));
        }
        all.assertAll();
    }

    private void hasItsOneForm(SoftAssertions all, Endpoint endpoint, Answer answer) {
        all.assertThat(answer.status()).as(endpoint.name()).isNotEqualTo(406);
        boolean unhealthy = endpoint.path().startsWith("/health") && answer.status() == 503;
        if (answer.status() >= 400 && !unhealthy) {
            isProblem(all, answer);
        } else if (answer.body().length > 0) {
            all.assertThat(answer.header("Content-Type").split(";", 2)[0])
                    .as(endpoint.name())
                    .isEqualTo(formOf(endpoint));
        }
    }

    /** JSON, except of the page of documents and what it shows. */
    private String formOf(Endpoint endpoint) {
        return endpoint.path().startsWith("/docs")
                ? operation(endpoint).node().at("/responses/200/content").propertyNames().stream()
                        .findFirst()
                        .orElse("")
                : "application/json";
    }

    private static void isProblem(SoftAssertions all, Answer answer) {
        all.assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        all.assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
    }

    @Test
    void isRefusedWithAParameterThatItDoesNotKnow() {
        var all = new SoftAssertions();
        var session = Person.withAccount(stack).logsIn();
        endpoints().forEach(endpoint -> {
            byte[] body = operation(endpoint).takesABody() ? EMPTY_OBJECT : NO_BODY;
            refuses(all, endpoint, "colour", send(endpoint, "?colour=red", body, session));
            for (String known : operation(endpoint).parameters("query")) {
                refuses(all, endpoint, known, send(endpoint, "?" + known + "=1&" + known + "=1", body, session));
                refuses(all, endpoint, known, send(endpoint, "?" + known, body, session));
            }
        });
        all.assertAll();
    }

    @Test
    void isRefusedWithABodyWhereItTakesNone() {
        var all = new SoftAssertions();
        var session = Person.withAccount(stack).logsIn();
        endpoints().filter(it -> !operation(it).takesABody()).forEach(endpoint -> {
            refuses(all, endpoint, "body", send(endpoint, "", EMPTY_OBJECT, session));
        });
        all.assertAll();
    }

    /** No value is truncated, converted or read as another type, in any field. */
    @Test
    void isRefusedWithAFieldOfAnotherType() {
        var all = new SoftAssertions();
        var session = Person.withAccount(stack).logsIn();
        // A form has no types.
        endpoints().filter(it -> it != Endpoint.INTROSPECT_TOKEN).forEach(endpoint -> {
            for (Operation.Field field : operation(endpoint).fields()) {
                for (String value : wrongFor(field.schema())) {
                    var answer = send(endpoint, "", field.bodyWith(value).getBytes(UTF_8), session);
                    refuses(all, endpoint, field.name(), answer);
                }
            }
        });
        all.assertAll();
    }

    private static List<String> wrongFor(JsonNode schema) {
        return switch (schema.path("type").asString("")) {
            case "integer" -> NO_WHOLE_NUMBERS;
            case "boolean" -> NO_BOOLEANS;
            case "string" -> NO_STRINGS;
            case "object" -> List.of("1", "true", "\"x\"", "[]");
            case "array" -> List.of("1", "true", "\"x\"", "{}");
            default -> List.of();
        };
    }

    private static void refuses(SoftAssertions all, Endpoint endpoint, String field, Answer answer) {
        all.assertThat(answer.status())
                .as("%s %s: %s", endpoint, field, answer.text())
                .isEqualTo(400);
        all.assertThat(answer.text()).as(endpoint.name()).contains("\"field\":\"" + field + "\"");
    }

    private Operation operation(Endpoint endpoint) {
        return document.operation(endpoint.method(), endpoint.path())
                .orElseThrow(() -> new AssertionError(endpoint + " is not in the document"));
    }

    private Answer send(Endpoint endpoint, String query, byte[] body, Session session, String... headers) {
        String[] who = endpoint.audience() == ACCOUNTS
                ? new String[] {"Authorization", "Bearer " + session.token()}
                : endpoint.audience() == EVERYONE ? new String[0] : new String[] {"X-API-Key", stack.operatorKey()};
        return patiently(
                endpoint,
                query,
                body,
                Stream.concat(Stream.of(who), Stream.of(headers)).toArray(String[]::new));
    }

    /** A request that a limit refused is sent again later. */
    private Answer patiently(Endpoint endpoint, String query, byte[] body, String... headers) {
        var all = body.length == 0
                ? headers
                : Stream.concat(Stream.of("Content-Type", takenBy(endpoint)), Stream.of(headers))
                        .toArray(String[]::new);
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> gateway.send(endpoint.method(), pathOf(endpoint) + query, body, all),
                        it -> it.status() != 429);
    }

    /** RFC 7662 says a form. */
    private static String takenBy(Endpoint endpoint) {
        return endpoint == Endpoint.INTROSPECT_TOKEN ? "application/x-www-form-urlencoded" : "application/json";
    }

    private static String pathOf(Endpoint endpoint) {
        return endpoint.path()
                .replace("{queue}", "ai")
                .replace("{role}", "auditor")
                .replace("{kind}", "account.verified")
                .replace("{language}", "en")
                .replace("{namespace}", "menu")
                .replaceAll("\\{[*a-z_]+}", UUID.randomUUID().toString());
    }
}
