package dev.frontdesk.gateway.applications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.websocket.SocketClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpMethod;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** How many sockets and event streams of applications may be open. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.streams.most=5",
            "frontdesk.gateway.streams.per-caller=2",
            "frontdesk.gateway.streams.counts-after=100ms",
        })
class StreamBoundsIT extends RunningApplication {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String EVENTS = "/shop/events";

    @Autowired
    private MeterRegistry meters;

    private final List<Disposable> opened = new ArrayList<>();
    private final List<SocketClient> sockets = new ArrayList<>();
    private final Sinks.Many<String> events = Sinks.many().replay().all();

    private final DisposableServer application = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.get(
                            EVENTS,
                            (_, response) -> response.sse()
                                    .sendString(Flux.concat(Mono.just("data: 1\n\n"), events.asFlux()), UTF_8))
                    .get(
                            "/shop/download",
                            (_, response) -> response.sendString(Flux.concat(Mono.just("a"), Flux.never())))
                    .get("/shop/parts", (_, response) -> response.sendString(Flux.just("a", "b")))
                    .post("/shop/parts", (_, response) -> response.sendString(Flux.just("a", "b")))
                    .head(
                            "/shop/parts",
                            (_, response) ->
                                    response.header("Content-Length", "100000").send())
                    .get(
                            "/shop/unchanged",
                            (_, response) -> response.status(304).send())
                    .get("/shop/plain", (_, response) -> response.sendString(Mono.just("of")))
                    .get(
                            "/shop/broken",
                            (_, response) -> response.sse()
                                    .sendString(
                                            Flux.concat(
                                                    Mono.just("data: 1\n\n"), Mono.error(new IllegalStateException())),
                                            UTF_8))
                    .ws(
                            "/shop/chat",
                            (in, out) -> out.sendString(Flux.concat(
                                    Mono.just("welcome"), in.receive().asString()))))
            .bindNow();

    @AfterEach
    void stop() {
        opened.forEach(Disposable::dispose);
        sockets.forEach(SocketClient::abort);
        awaitOpen(0);
        awaitOpen("responses", 0);
        application.disposeNow();
    }

    private void awaitOpen(int streams) {
        awaitOpen("streams", streams);
    }

    private void awaitOpen(String kind, int streams) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(meters.get("frontdesk.gateway.streams.open")
                                .tag("kind", kind)
                                .gauge()
                                .value())
                        .isEqualTo(streams));
    }

    private void putRoute() {
        put("["
                + route("\"websocket\": true", "\"event_stream\": true")
                        .replace(shop.url(), "http://127.0.0.1:" + application.port())
                + "]");
    }

    private record Refusal(int status, String retryAfter, String body) {}

    private HttpClient.ResponseReceiver<?> request(String path, String token, boolean says) {
        return HttpClient.newConnection()
                .headers(headers -> {
                    if (!token.isEmpty()) {
                        headers.set("Authorization", "Bearer " + token);
                    }
                    if (says) {
                        headers.set("Accept", "text/event-stream");
                    }
                })
                .get()
                .uri("http://127.0.0.1:" + port + path);
    }

    private Disposable open(String token, boolean says) {
        return open(EVENTS, token, says);
    }

    private Disposable open(String path, String token, boolean says) {
        List<String> received = new ArrayList<>();
        Consumer<String> each = received::add;
        Disposable stream =
                request(path, token, says).responseContent().asString().subscribe(each);
        opened.add(stream);
        await().atMost(LONG).until(() -> !received.isEmpty());
        return stream;
    }

    private Refusal refusal(String token, boolean says) {
        return refusal(EVENTS, token, says);
    }

    private Refusal refusal(String path, String token, boolean says) {
        return requireNonNull(request(path, token, says)
                .responseSingle((head, body) -> body.asString()
                        .map(text -> new Refusal(
                                head.status().code(), head.responseHeaders().get("Retry-After", ""), text)))
                .block(LONG));
    }

    private SocketClient socket(String token) throws Exception {
        var socket = SocketClient.open(
                "ws://127.0.0.1:" + port + "/shop/chat",
                token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token));
        sockets.add(socket);
        assertThat(socket.nextText()).isEqualTo("welcome");
        return socket;
    }

    private HttpResponse<?> refusedSocket() throws Exception {
        try {
            socket("");
        } catch (CompletionException refused) {
            return ((WebSocketHandshakeException) requireNonNull(refused.getCause())).getResponse();
        }
        throw new AssertionError("The socket is open");
    }

    private void assertRefusesTheCaller(Refusal refusal) {
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.retryAfter()).isEqualTo("10");
        assertThat(refusal.body()).contains("\"reason\":\"open_streams\"", "\"limit\":2");
    }

    @Test
    void boundsThoseOfOneCaller() throws Exception {
        putRoute();
        Disposable first = open("", true);
        var socket = socket("");
        awaitOpen(2);

        assertRefusesTheCaller(refusal("", true));
        assertThat(refusedSocket().statusCode()).isEqualTo(429);
        // Others and requests of other kinds are not affected.
        get("/shop/plain", _ -> {}).expectStatus().isOk();
        open(sessions.open("acme"), true);

        first.dispose();
        awaitOpen(2);
        open("", true);
        assertThat(refusedSocket().statusCode()).isEqualTo(429);

        socket.close(1000, "");
        awaitOpen(2);
        socket("").abort();
        awaitOpen(2);
    }

    /** A browser says so, others need not. */
    @Test
    void countsAnEventStreamForWhichTheRequestDidNotAsk() {
        putRoute();
        open("", false);
        open("", false);

        assertRefusesTheCaller(refusal("", false));
        awaitOpen(2);
    }

    @Test
    void countsAllSessionsOfAllCallersInTotal() {
        putRoute();
        for (int i = 0; i < 5; i++) {
            open(sessions.open("acme"), true);
        }

        Refusal refusal = refusal("", true);

        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.body()).contains("problems/overloaded");
        assertThat(refusal.retryAfter()).isEqualTo("10");
    }

    @Test
    void boundsLongResponsesOfOneCaller() {
        putRoute();
        Disposable first = open("/shop/download", "", false);
        open("/shop/download", "", false);
        awaitOpen("responses", 2);

        for (String path : new String[] {"/shop/download", "/shop/parts"}) {
            assertRefusesTheCaller(refusal(path, "", false));
        }
        // They occupy no place of a stream, and other callers and responses are not affected.
        get("/shop/plain", _ -> {}).expectStatus().isOk();
        open("/shop/download", sessions.open("acme"), false);
        awaitOpen("responses", 3);
        // An answer to what has changed something, or one without a body, is never refused.
        for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.HEAD)) {
            assertThat(statusOf(method, "/shop/parts")).isEqualTo(200);
        }
        assertThat(statusOf(HttpMethod.GET, "/shop/unchanged")).isEqualTo(304);

        first.dispose();
        awaitOpen("responses", 2);
        get("/shop/parts", _ -> {}).expectStatus().isOk();
    }

    private int statusOf(HttpMethod method, String path) {
        return requireNonNull(HttpClient.newConnection()
                .request(method)
                .uri("http://127.0.0.1:" + port + path)
                .response()
                .map(head -> head.status().code())
                .block(LONG));
    }

    /** They are counted by themselves. */
    @Test
    void countsNoEventStreamAsALongResponse() {
        putRoute();
        open("", true);
        open("", true);
        open("/shop/download", "", false);

        await().atMost(LONG)
                .during(Duration.ofMillis(500))
                .until(() -> meters.get("frontdesk.gateway.streams.open")
                                .tag("kind", "responses")
                                .gauge()
                                .value()
                        == 1);
        awaitOpen(2);
    }

    @Test
    void boundsLongResponsesInTotal() {
        putRoute();
        for (int i = 0; i < 5; i++) {
            open("/shop/download", sessions.open("acme"), false);
        }
        awaitOpen("responses", 5);

        Refusal refusal = refusal("/shop/parts", "", false);

        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.body()).contains("problems/overloaded");
    }

    @Test
    void countsWhatIsNoStreamOnlyUntilItsResponseEnds() {
        putRoute();

        for (String path : new String[] {"/shop/plain", "/shop/missing", "/shop/broken"}) {
            for (int i = 0; i < 3; i++) {
                int status = requireNonNull(request(path, "", true)
                        .response()
                        .map(head -> head.status().code())
                        .block(LONG));
                assertThat(status).isIn(200, 404);
                awaitOpen(0);
            }
        }
        // The server refuses its side.
        for (int i = 0; i < 3; i++) {
            try {
                SocketClient.open("ws://127.0.0.1:" + port + "/shop/plain", Map.of());
            } catch (CompletionException refused) {
                awaitOpen(0);
            }
        }
        events.tryEmitComplete();
        for (int i = 0; i < 3; i++) {
            request(EVENTS, "", true).responseContent().then().block(LONG);
            awaitOpen(0);
        }
    }
}
