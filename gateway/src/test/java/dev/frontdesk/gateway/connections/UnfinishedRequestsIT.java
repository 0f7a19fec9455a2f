package dev.frontdesk.gateway.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.backends.SessionBackend;
import dev.frontdesk.testsupport.http.RawConnection;
import dev.frontdesk.testsupport.logs.LogCapture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Requests that do not end, or whose client does not wait for the response. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.bodies.arrive-within=1s",
            "frontdesk.connections.head-within=1s",
            "frontdesk.connections.discard-within=300ms",
        })
class UnfinishedRequestsIT extends RunningGateway {

    private static final String GET = "GET /api/v1/sessions HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final int MB = 1024 * 1024;

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    private final Sinks.Empty<Void> held = Sinks.empty();

    /** Every kind of response that needs no body: a request line and the status. */
    @SuppressWarnings("UnusedVariable") // @FieldSource
    private static final List<String> EARLY = Stream.of(
                    "404 POST /nothing",
                    "404 POST /api/v1/users//register",
                    "400 POST /api/v1/users/register?x={",
                    "400 POST /api/v1/users/register?access_token=x",
                    "401 POST /api/v1/queues bearer",
                    "401 POST /api/v1/queues key",
                    "400 POST /api/v1/users/register tenant",
                    "400 POST /api/v1/users/register upgrade",
                    "400 GET /health/redis",
                    "404 POST /health",
                    "401 POST /ws",
                    "413 POST /api/v1/users/register large",
                    "408 POST /api/v1/users/register slow",
                    "413 POST /api/v1/users/register endless",
                    "204 OPTIONS /api/v1/sessions preflight")
            .toList();

    @ParameterizedTest
    @FieldSource("EARLY")
    void endsTheConnectionAfterAnAnswerToAnUnfinishedRequest(String early) throws IOException {
        String[] parts = early.split(" ");
        String extra = parts.length > 3 ? parts[3] : "";
        try (var connection = new RawConnection(port)) {
            connection.send(parts[1] + " " + parts[2] + " HTTP/1.1\r\nHost: a\r\n" + headers(extra) + "\r\n");
            connection.send(extra.equals("endless") ? chunk(70_000) : "4\r\nhalf\r\n");

            var answer = connection.answer();
            assertThat(answer.status()).isEqualTo(Integer.parseInt(parts[0]));
            assertThat(answer.header("Connection"))
                    .hasValueSatisfying(it -> assertThat(it).isEqualToIgnoringCase("close"));
            assertThat(connection.rest()).as("an end without ours").isEmpty();
            assertThat(takenOf(connection)).as("bytes swallowed").isLessThan(50 * MB);
        }
    }

    private static String headers(String extra) {
        String coding = "Transfer-Encoding: chunked\r\n";
        return switch (extra) {
            case "bearer" -> coding + "Authorization: Bearer " + SessionBackend.newToken() + "\r\n";
            case "key" -> coding + "X-API-Key: fdo_x\r\n";
            case "tenant" -> coding + "X-Tenant-Id: A B\r\n";
            case "upgrade" -> coding + "Connection: Upgrade\r\nUpgrade: websocket\r\n";
            case "large" -> "Content-Length: 70000\r\n";
            case "slow" -> "Content-Length: 100\r\n";
            case "preflight" -> coding + "Origin: https://a.example\r\nAccess-Control-Request-Method: PUT\r\n";
            default -> coding;
        };
    }

    private static String chunk(int size) {
        return Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n";
    }

    /** How much of the rest of a request is accepted before the connection is closed. */
    private static long takenOf(RawConnection connection) {
        String some = "x".repeat(64 * 1024);
        long taken = 0;
        try {
            for (; taken < 200L * MB; taken += some.length()) {
                connection.send(some);
            }
        } catch (IOException closed) {
            return taken;
        }
        return taken;
    }

    @Test
    void keepsTheConnectionOfARequestThatIsHereWhole() throws IOException {
        try (var connection = new RawConnection(port)) {
            for (int i = 0; i < 3; i++) {
                var answer = connection
                        .send("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody")
                        .answer();
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.header("Connection")).isEmpty();
            }
            assertThat(connection.send(GET).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void keepsTheOrderOfAnswersThatCameAtOnce() throws IOException {
        try (var connection = new RawConnection(port)) {
            connection.send("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody" + GET
                    + "POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");

            assertThat(connection.answer().status()).isEqualTo(404);
            assertThat(connection.answer().status()).isEqualTo(200);
            assertThat(connection.answer().status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET /api/v1/sess",
                "GET /api/v1/sessions HTTP/1.1\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX-A: b",
                "\r\n"
            })
    void waitsForAHeadUntilTheTimeout(String part) throws IOException {
        try (var fresh = new RawConnection(port)) {
            var answer = fresh.send(part).answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.header("X-Trace-Id")).isPresent();
            assertThat(fresh.rest()).isEmpty();
        }
        try (var used = new RawConnection(port)) {
            assertThat(used.send(GET).answer().status()).isEqualTo(200);
            assertThat(used.send(part).answer().status()).isEqualTo(408);
            assertThat(used.rest()).isEmpty();
        }
    }

    @Test
    void answersAClientThatHasClosedItsOwnSide() throws Exception {
        sessions.http.answers(_ -> held.asMono().thenReturn(Answer.json(200, "{\"late\":true}")));
        try (var connection = new RawConnection(port)) {
            connection.send(GET).sendsNoMore();
            await().until(() -> !sessions.http.seen().isEmpty());
            held.tryEmitEmpty();

            assertThat(connection.answer().body()).isEqualTo("{\"late\":true}");
            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void answersEverythingThatAHalfClosedClientAskedFor() throws Exception {
        try (var connection = new RawConnection(port)) {
            connection.send(GET + GET + GET).sendsNoMore();

            for (int i = 0; i < 3; i++) {
                assertThat(connection.answer().status()).isEqualTo(200);
            }
            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void holdsNothingForAHalfClosedClientForEver() throws Exception {
        sessions.http.answers(_ -> Mono.never());
        try (var connection = new RawConnection(port)) {
            assertThat(connection.send(GET).sendsNoMore().rest()).isEmpty();
        }
        try (var connection = new RawConnection(port)) {
            connection.send("POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf");
            assertThat(connection.sendsNoMore().rest()).as("half a body").isEmpty();
        }
        try (var connection = new RawConnection(port)) {
            assertThat(connection.send("GET / HT").sendsNoMore().rest())
                    .as("half a head")
                    .isEmpty();
        }
    }

    @Test
    void keepsNoEndlessRowOfRequestsOfOneClient() throws Exception {
        sessions.http.answers(_ -> Mono.never());
        try (var connection = new RawConnection(port)) {
            connection.send(GET);
            await().until(() -> !sessions.http.seen().isEmpty());

            assertThat(takenOf(connection)).isLessThan(50 * MB);
        }
        assertThat(sessions.http.seen()).hasSize(1);
    }

    @Test
    void takesAClientThatBreaksOffForNoFault() throws Exception {
        try (var connection = new RawConnection(port)) {
            var goAhead = connection
                    .send("POST /api/v1/sessions HTTP/1.1\r\n"
                            + "Host: a\r\n"
                            + "Content-Length: 9\r\n"
                            + "Expect: 100-continue\r\n\r\n")
                    .answer();
            assertThat(goAhead.status()).as("the body is waited for").isEqualTo(100);
            connection.send("half");
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> logs.lines().stream().anyMatch(line -> line.contains("POST /api/v1/sessions/** 499")));

        assertThat(logs.lines())
                .noneMatch(line -> line.startsWith("ERROR") || line.startsWith("WARN") || line.contains("\tat "));
    }

    @AfterEach
    void letGo() {
        held.tryEmitEmpty();
    }
}
