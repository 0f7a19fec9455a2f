package dev.frontdesk.gateway.applications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.testsupport.http.RawConnection;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;

/** Applications that are away, slow or broken. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.stalled-after=1s",
            "frontdesk.gateway.upstreams.eject-after=2",
            "frontdesk.gateway.breakers.calls=1000"
        })
class FailuresIT extends RunningApplication {

    @Autowired
    private TestEnvironment environment;

    private final RawApplication raw = new RawApplication();
    private final Backend other = new Backend();

    @AfterEach
    void stop() {
        raw.close();
        other.stop();
    }

    private String toRaw(String... fields) {
        return route(fields).replace(shop.url(), raw.url());
    }

    private void assertAnswer(int status, String problem) {
        get("/shop/a", _ -> {})
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectHeader()
                .doesNotExist("Set-Cookie")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/" + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nSet-Cookie: a=b\r\n\r\nabc",
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n",
            })
    void answers502ToWhatIsNotHttp(String bytes) {
        put("[" + toRaw() + "]");
        raw.answersAndCloses(bytes);

        assertAnswer(502, "bad-gateway");
    }

    /** Frameworks send them for links of a page, also before they know whether it is there. */
    @Test
    void passesOverInterimResponses() {
        put("[" + toRaw() + "]");
        String hint = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        raw.answers(hint + hint + "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nof");

        for (int i = 0; i < 3; i++) {
            get("/shop/" + i, _ -> {})
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .doesNotExist("Link")
                    .expectBody(String.class)
                    .isEqualTo("of");
        }
    }

    @Test
    void answers502ToHugeHeaders() {
        put("[" + toRaw() + "]");
        raw.answers("HTTP/1.1 200 OK\r\nX-Long: " + "a".repeat(40_000) + "\r\nContent-Length: 0\r\n\r\n");

        assertAnswer(502, "bad-gateway");
    }

    /** A reader that believes one of the two lengths takes the rest for another response. */
    @Test
    void mixesNoTwoResponses() {
        put("[" + toRaw() + "]");
        raw.answers("HTTP/1.1 200 OK\r\nContent-Length: 40\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen");

        for (int i = 0; i < 5; i++) {
            byte[] body = get("/shop/" + i, _ -> {}).expectBody().returnResult().getResponseBody();
            assertThat(body == null ? "" : new String(body, UTF_8)).doesNotContain("stolen");
        }
    }

    @Test
    void answers504ToNoAnswerAndToATrickle() {
        put("[" + toRaw("\"timeout_ms\": 300") + "]");
        raw.answers("");
        assertAnswer(504, "gateway-timeout");

        raw.answers("HTTP/1.1 200 OK\r\nContent-Len");
        assertAnswer(504, "gateway-timeout");

        raw.answers("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
        assertAnswer(504, "gateway-timeout");
    }

    @Test
    void breaksOffALargeResponseThatStops() {
        put("[" + toRaw() + "]");
        raw.answers("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\nabc");

        var request = client().get().uri("/shop/a");
        assertThatThrownBy(() -> request.exchange().expectBody().returnResult())
                .hasMessageContaining("prematurely closed");
    }

    @Test
    void answers503WhereNothingListens() throws IOException {
        put("[" + route().replace(shop.url(), "http://127.0.0.1:" + freePort()) + "]");

        assertAnswer(503, "unavailable");
    }

    @Test
    void answers502WhereNoNameIs() {
        put("[" + route().replace(shop.url(), "http://shop.invalid") + "]");

        assertAnswer(502, "bad-gateway");
    }

    @Test
    void answers502WithoutTls() {
        put("[" + route().replace(shop.url(), shop.url().replace("http:", "https:")) + "]");

        assertAnswer(502, "bad-gateway");
    }

    @Test
    void leadsToNoServerOfFrontdesk() {
        URI redis = URI.create(environment.variable("REDIS_URL"));
        for (String own : new String[] {
            registration.url(),
            sessions.http.url(),
            cache.url(),
            "http://127.0.0.1:" + port,
            "http://" + redis.getHost() + ":" + redis.getPort(),
            "http://" + environment.variable("KAFKA_SERVERS"),
        }) {
            putAll("[" + route().replace(shop.url(), own) + "]").expectStatus().isBadRequest();
            putAll("[" + route().replace(shop.url(), own.replace("127.0.0.1", "localhost")) + "]")
                    .expectStatus()
                    .isBadRequest();
            putAll("[" + route().replace(shop.url(), own.replace("127.0.0.1", "[::1]")) + "]")
                    .expectStatus()
                    .isBadRequest();
        }
    }

    @Test
    void answers508ToARequestThatCameFromHere() {
        put("[" + route() + "]");

        get("/shop/a", headers -> headers.set("Via", "1.1 proxy, 1.1 Frontdesk"))
                .expectStatus()
                .isEqualTo(508)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/loop-detected");
        assertThat(shop.seen()).isEmpty();
        get("/shop/a", headers -> headers.set("Via", "1.1 frontdesk.other, 1.1 frontdesks"))
                .expectStatus()
                .isOk();
    }

    @Test
    void triesTheNextServerForAnIdempotentRequestThatReachedNone() throws IOException {
        String dead = "http://127.0.0.1:" + freePort();
        put("["
                + route().replace(
                                "{\"url\": \"" + shop.url() + "\"}",
                                "{\"url\": \"" + dead + "\"}, {\"url\": \"" + shop.url() + "\"}")
                + "]");

        for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE}) {
            client().method(method).uri("/shop/a").exchange().expectStatus().isOk();
            client().method(method).uri("/shop/a").exchange().expectStatus().isOk();
        }
    }

    @Test
    void doesNotRepeatAnythingElse() throws IOException {
        String dead = "http://127.0.0.1:" + freePort();
        put("["
                + route().replace(
                                "{\"url\": \"" + shop.url() + "\"}",
                                "{\"url\": \"" + dead + "\"}, {\"url\": \"" + shop.url() + "\"}")
                + "]");
        Map<Integer, Integer> byStatus = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            byStatus.merge(
                    client().post()
                            .uri("/shop/a")
                            .exchange()
                            .returnResult(Void.class)
                            .getStatus()
                            .value(),
                    1,
                    Integer::sum);
        }
        assertThat(byStatus).isEqualTo(Map.of(200, 1, 503, 1));

        // A request that was sent may have been done.
        put("["
                + toRaw("\"retries\": 3")
                        .replace(
                                "{\"url\": \"" + raw.url() + "\"}",
                                "{\"url\": \"" + raw.url() + "\"}, {\"url\": \"" + shop.url() + "\", \"weight\": 0}")
                + "]");
        raw.answersAndCloses("");
        assertAnswer(502, "bad-gateway");
        assertThat(raw.received().split("GET /shop/a ", -1)).hasSize(2);
    }

    @Test
    void leavesOutAServerThatFailsInARow() {
        other.answers(Answer.json(503, "{}"));
        put("["
                + route().replace(
                                "{\"url\": \"" + shop.url() + "\"}",
                                "{\"url\": \"" + other.url() + "\"}, {\"url\": \"" + shop.url() + "\"}")
                + "]");

        Map<Integer, Integer> byStatus = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            byStatus.merge(
                    get("/shop/a", _ -> {}).returnResult(Void.class).getStatus().value(), 1, Integer::sum);
        }

        assertThat(byStatus).isEqualTo(Map.of(503, 2, 200, 18));
    }

    /** Two readers of the same bytes could see another number of requests, so none of them reaches the application. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 3\r\nContent-Length: 40\r\n\r\nabc",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            })
    void smugglesNoRequest(String rest) throws Exception {
        put("[" + route() + "]");
        try (var connection = new RawConnection(port)) {
            connection
                    .send("POST /shop/a HTTP/1.1\r\nHost: a\r\n" + rest
                            + "GET /shop/stolen HTTP/1.1\r\nHost: a\r\n\r\n")
                    .sendsNoMore();

            assertThat(connection.rest()).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
        }
        assertThat(shop.seen()).isEmpty();
        get("/shop/after", _ -> {}).expectStatus().isOk();
    }

    /** Whatever a body looks like, the application gets it as the body of one request. */
    @Test
    void sendsABodyThatLooksLikeARequestAsABody() throws Exception {
        put("[" + toRaw() + "]");
        raw.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        String body = "0\r\n\r\nGET /shop/stolen HTTP/1.1\r\nHost: a\r\n\r\n";

        try (var connection = new RawConnection(port)) {
            connection.send("POST /shop/a HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(connection.answer().status()).isEqualTo(200);
        }

        assertThat(raw.received())
                .startsWith("POST /shop/a HTTP/1.1\r\n")
                .containsIgnoringCase("content-length: " + body.length() + "\r\n")
                .doesNotContainIgnoringCase("transfer-encoding")
                .endsWith("\r\n\r\n" + body);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
