package dev.frontdesk.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.backends.Backend;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import reactor.netty.http.client.HttpClient;

class RoutingIT extends RunningGateway {

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/users/register, registration",
        "POST, /users/register, registration",
        "POST, /users/verify-email, registration",
        "POST, /api/v1/users/verify-email, registration",
        "POST, /resend-verification, registration",
        "GET, /api/v1/admin/pending-registrations, registration",
        "GET, /api/v1/admin/accounts/1, registration",
        "GET, /api/v1/admin/accounts/1/sessions, session",
        "GET, /api/v1/sessions, session",
        "POST, /api/v1/sessions, session",
        "DELETE, /api/v1/sessions/current, session",
        "POST, /api/v1/realtime/tickets, notification",
        "GET, /api/v1/queues, notification",
        "GET, /api/v1/jobs?email=a@b.example, notification",
        "POST, /api/v1/queues/ai/jobs, notification",
        "POST, /api/v1/queues/ai/leases, notification",
        "POST, /api/v1/notifications, notification",
        "POST, /api/v1/emails, notification",
        "PUT, /api/v1/email-templates/account.verified/tr, notification",
        "GET, /api/v1/webhooks/endpoints, notification",
        "POST, /api/v1/reports, notification",
        "GET, /api/v1/analytics/days, notification",
        "GET, /api/v1/dead-letters, notification",
        "PUT, /api/v1/cache/names/a, cache",
        "GET, /api/v1/cache/names/a%20b%3A%C3%A9?x=1&y=%2F, cache",
        "GET, /api/v1/cache/names/a%252Fb, cache",
        "PATCH, /api/v1/widgets/sales%20today/state, cache",
        "PUT, /api/v1/widgets/sales/data, cache",
        "GET, /api/v1/locks, cache",
        "GET, /api/v1/locks/report, cache",
        "POST, /api/v1/locks/report/acquire, cache",
        "POST, /api/v1/locks/report/release, cache",
    })
    void leadsToTheService(String method, String uri, String service) {
        client().method(HttpMethod.valueOf(method))
                .uri(URI.create("http://127.0.0.1:" + port + uri))
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(backend(service).seen()).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo(method);
            assertThat(seen.uri()).isEqualTo(uri);
        });
        assertThat(seenByAll()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/internal/introspect",
                "/internal/credentials/check",
                "/actuator",
                "/actuator/health",
                "/actuator/gateway/routes",
                "/api/v1",
                "/api/v1/users-of-mine",
                "/API/V1/users/register",
                "/users",
                "/ws/other",
                "/favicon.ico",
                "/v3/api-docs",
            })
    void answers404ForEverythingElse(String path) {
        client().get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueMatches("X-Trace-Id", "[0-9a-f]{32}")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/not-found")
                .jsonPath("$.status")
                .isEqualTo(404);
        assertThat(seenByAll()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/users/../../../internal/introspect",
                "/api/v1/users/%2e%2e/%2e%2e/%2e%2e/internal/introspect",
                "/api/v1/users/..%2f..%2f..%2finternal/introspect",
                "/api/v1/users/..%5c..%5cinternal",
                "/api/v1/users/..;/..;/internal/introspect",
                "/api/v1/sessions;/../internal/introspect",
                "//internal/introspect",
                "/api/v1/sessions//internal/introspect",
                "http://127.0.0.1/internal/introspect",
                "*",
            })
    void leadsNoTrickAnywhere(String target) throws IOException {
        String answer = send("GET " + target + " HTTP/1.1\r\nHost: frontdesk\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 404 ")
                .containsIgnoringCase("\r\nContent-Type: application/problem+json\r\n")
                .containsIgnoringCase("\r\nX-Trace-Id: ");
        assertThat(seenByAll()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/users/%zz",
                "/api/v1/users\\..\\internal",
                "/api/v1/users?x=%",
                "/api/v1/sessions?x={",
                "/api/v1/sessions?x=a|b",
                "/api/v1/sessions?x=\"",
                "/api/v1/sessions?x=<a>",
                "/api/v1/sessions?x=^`",
                "/api/v1/sessions#x",
                "/api/v1/{id}",
                "/nothing?x=\u00e9",
                "/api/v1/sessions?x=\u007f",
            })
    void saysThatAUrlCanNotBeRead(String target) throws IOException {
        String answer = send("GET " + target + " HTTP/1.1\r\nHost: frontdesk\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("\r\nContent-Type: application/problem+json\r\n")
                .containsIgnoringCase("\r\nX-Trace-Id: ")
                .contains("percent-encoded");
        assertThat(seenByAll()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/%61pi/v1/%73essions, /api/v1/sessions",
        "/api/v1/sessions/%2Da%5Fb%7e%2E1, /api/v1/sessions/-a_b~.1",
        "/api/v1/sessions/a%2525%20b?q=%61, /api/v1/sessions/a%2525%20b?q=%61",
    })
    void givesAServiceOneSpellingOfAPath(String target, String seen) throws IOException {
        send("GET " + target + " HTTP/1.1\r\nHost: frontdesk\r\nConnection: close\r\n\r\n");

        assertThat(sessions.http.seenLast().uri()).isEqualTo(seen);
    }

    @Test
    void passesHeadsOnUpToTheSizeThatItTakesItself() throws IOException {
        for (int size = 7000; size < 8150; size += 115) {
            String answer = send("GET /api/v1/sessions HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(size - 60)
                    + "\r\nConnection: close\r\n\r\n");
            assertThat(answer).as("%s", size).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void addsNoUserAgentForAClientWithoutOne() throws IOException {
        send("GET /api/v1/sessions HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                + sessions.open("acme") + "\r\n\r\n");

        assertThat(sessions.http.seen())
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen.headers().containsHeader("User-Agent"))
                        .as(seen.uri())
                        .isFalse());
        send("GET /api/v1/sessions HTTP/1.1\r\nHost: a\r\nConnection: close\r\nUser-Agent: " + HttpClient.USER_AGENT
                + "\r\n\r\n");
        assertThat(sessions.http.seenLast().header("User-Agent")).isEqualTo(HttpClient.USER_AGENT);
    }

    @Test
    void tellsBrowsersToRunAndTellNothing() {
        for (String path : List.of("/api/v1/sessions", "/nothing", "/health")) {
            client().get()
                    .uri(path)
                    .header("X-Forwarded-Proto", "https")
                    .exchange()
                    .expectHeader()
                    .valueEquals("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                    .expectHeader()
                    .valueEquals("Referrer-Policy", "no-referrer")
                    .expectHeader()
                    .doesNotExist("Strict-Transport-Security");
        }
    }

    @Test
    void passesAProblemOfTheServiceOnAsItIs() {
        String problem = """
            {"type":"https://frontdesk.dev/problems/conflict","title":"t","status":409,"detail":"d","extra":[1, 2]}\
            """;
        registration.answers(Answer.problem(409, problem).with("Retry-After", "7"));

        client().post()
                .uri("/api/v1/users/register")
                .bodyValue(Map.of("email", "a@example.org"))
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectHeader()
                .contentType("application/problem+json")
                .expectHeader()
                .valueEquals("Retry-After", "7")
                .expectBody(String.class)
                .isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 415, 422, 429, 500, 501, 502, 503, 504})
    void passesEveryStatusOfTheServiceOn(int status) {
        cache.answers(Answer.problem(status, "{\"status\":" + status + "}"));

        client().get()
                .uri("/api/v1/cache/names/a")
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .isEqualTo("{\"status\":" + status + "}");
    }

    @Test
    void continuesTheTraceThatARequestBrings() {
        String traceId = "0af7651916cd43dd8448eb211c80319c";

        client().get()
                .uri("/api/v1/sessions")
                .header("traceparent", "00-" + traceId + "-b7ad6b7169203331-01")
                .exchange()
                .expectHeader()
                .valueEquals("X-Trace-Id", traceId);

        assertThat(sessions.http.seenLast().header("traceparent"))
                .matches("00-" + traceId + "-(?!b7ad6b7169203331)[0-9a-f]{16}-01");
    }

    @Test
    void beginsATraceForARequestWithoutOne() {
        var traceId = client().get()
                .uri("/api/v1/sessions")
                .exchange()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getFirst("X-Trace-Id");

        assertThat(traceId).matches("[0-9a-f]{32}");
        assertThat(sessions.http.seenLast().header("traceparent")).startsWith("00-" + traceId + "-");
    }

    @Test
    void tellsNothingOfWhatRunsBehindAndKeepsAnswersOutOfCaches() {
        sessions.http.answers(Answer.json(200, "{}").with("Server", "secret/1.0"));
        client().get()
                .uri("/api/v1/sessions")
                .exchange()
                .expectHeader()
                .doesNotExist("Server")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueEquals("Cache-Control", "no-store");

        cache.answers(Answer.json(200, "{}").with("Cache-Control", "max-age=5"));
        client().get().uri("/api/v1/cache/names/a").exchange().expectHeader().valueEquals("Cache-Control", "max-age=5");
    }

    private static Backend backend(String service) {
        return switch (service) {
            case "registration" -> registration;
            case "session" -> sessions.http;
            case "notification" -> notification;
            default -> cache;
        };
    }

    private static int seenByAll() {
        return Stream.of(registration, sessions.http, notification, cache)
                .mapToInt(backend -> backend.seen().size())
                .sum();
    }

    /** A client that sends requests that no HTTP library would send. */
    private String send(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
