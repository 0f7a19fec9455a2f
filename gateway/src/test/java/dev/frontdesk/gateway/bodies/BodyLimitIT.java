package dev.frontdesk.gateway.bodies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.gateway.RunningGateway;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;

@TestPropertySource(
        properties = {
            "frontdesk.gateway.bodies.arrive-within=1s",
            "frontdesk.connections.head-within=1s",
        })
class BodyLimitIT extends RunningGateway {

    private static final int KB = 1024;
    private static final int MB = 1024 * KB;

    @Test
    void passesABodyOnAsItIs() {
        byte[] value = new byte[MB];
        new Random(1).nextBytes(value);

        send(HttpMethod.PUT, "/api/v1/cache/names/a", value).expectStatus().isOk();

        assertThat(cache.seenLast().body()).isEqualTo(value);
        assertThat(cache.seenLast().header("Content-Length")).isEqualTo(Integer.toString(MB));
    }

    @Test
    void letsCacheServiceRefuseWhatIsALittleTooLarge() {
        send(HttpMethod.PUT, "/api/v1/cache/names/a", new byte[MB + 1])
                .expectStatus()
                .isOk();

        assertThat(cache.seen()).hasSize(1);
    }

    @Test
    void refusesWhatIsMuchTooLarge() {
        assertTooLarge(send(HttpMethod.PUT, "/api/v1/cache/names/a", new byte[MB + 100 * KB]));
        assertTooLarge(send(HttpMethod.POST, "/api/v1/users/register", new byte[64 * KB + 1]));
        assertTooLarge(send(HttpMethod.POST, "/api/v1/sessions", new byte[65 * KB]));
        assertTooLarge(send(HttpMethod.POST, "/api/v1/realtime/tickets", new byte[MB]));
        assertTooLarge(send(HttpMethod.POST, "/api/v1/notifications", new byte[10 * MB]));
        assertTooLarge(send(HttpMethod.POST, "/api/v1/emails", new byte[10 * MB]));
        assertTooLarge(send(HttpMethod.POST, "/api/v1/queues/ai/jobs", new byte[10 * MB]));
        assertTooLarge(send(HttpMethod.POST, "/api/v1/queues/ai/leases", new byte[MB]));

        send(HttpMethod.POST, "/api/v1/queues/ai/jobs/bulk", new byte[MB])
                .expectStatus()
                .isOk();
        send(HttpMethod.POST, "/api/v1/users/register", new byte[64 * KB])
                .expectStatus()
                .isOk();
    }

    @Test
    void countsABodyOfUnknownLengthAsItComes() {
        assertTooLarge(sendChunked(70));
        assertThat(registration.seen()).isEmpty();

        sendChunked(60).expectStatus().isOk();
        assertThat(registration.seenLast().body()).hasSize(60 * KB);
        assertThat(registration.seenLast().headers().containsHeader("Transfer-Encoding"))
                .isFalse();
    }

    @Test
    void countsABodyWhoseLengthConnectionNames() throws IOException {
        String head = "POST /api/v1/users/register HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n"
                + "Connection: close, content-length\r\n\r\n";

        assertThat(exchange(head + "x".repeat(70_000))).startsWith("HTTP/1.1 413 ");
        assertThat(registration.seen()).isEmpty();
    }

    @Test
    void passesNoWaitingForAGoAheadOn() throws IOException {
        String head = "PUT /api/v1/cache/names/a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                + "Expect: 100-continue\r\nConnection: close\r\n\r\n";

        assertThat(exchange(head + "value")).contains("HTTP/1.1 200 ");
        assertThat(cache.seenLast().headers().containsHeader("Expect")).isFalse();
        assertThat(cache.seenLast().body()).isEqualTo("value".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void troublesNoServiceWithABodyThatDoesNotCome() throws IOException {
        String answer = exchange("POST /api/v1/users/register HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");

        assertThat(answer).startsWith("HTTP/1.1 408 ").containsIgnoringCase("application/problem+json");
        assertThat(registration.seen()).isEmpty();
    }

    private static void assertTooLarge(ResponseSpec response) {
        response.expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/payload-too-large");
    }

    private ResponseSpec send(HttpMethod method, String path, byte[] body) {
        return client().method(method)
                .uri(path)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec sendChunked(int kilobytes) {
        return client().post()
                .uri("/api/v1/users/register")
                .contentType(MediaType.TEXT_PLAIN)
                .body(Flux.range(0, kilobytes).map(_ -> "x".repeat(KB)), String.class)
                .exchange();
    }

    private String exchange(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(8000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new StringBuilder();
            var in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                answer.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                if (answer.toString().endsWith("}")) {
                    break;
                }
            }
            return answer.toString();
        }
    }
}
