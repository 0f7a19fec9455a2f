package dev.frontdesk.gateway.applications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.gateway.websocket.SocketClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** What goes on for longer than the gateway believes that its caller may call. */
@TestPropertySource(properties = "frontdesk.gateway.streams.longest=200ms")
class LongestStreamsIT extends RunningApplication {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final DisposableServer application = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.get(
                            "/shop/events", (_, response) -> response.sse().sendString(endless("data: 1\n\n"), UTF_8))
                    .get(
                            "/shop/lines",
                            (_, response) -> response.sse()
                                    .header("Content-Type", "application/x-ndjson")
                                    .sendString(endless("1\n"), UTF_8))
                    .ws("/shop/chat", (_, out) -> out.sendString(endless("welcome"))))
            .bindNow();

    private static Flux<String> endless(String first) {
        return Flux.concat(Mono.just(first), Mono.never());
    }

    @BeforeEach
    void putRoute() {
        put("["
                + route("\"websocket\": true", "\"event_stream\": true")
                        .replace(shop.url(), "http://127.0.0.1:" + application.port())
                + "]");
    }

    @AfterEach
    void stop() {
        application.disposeNow();
    }

    private Mono<String> body(String path, String token) {
        return HttpClient.newConnection()
                .headers(headers -> {
                    if (!token.isEmpty()) {
                        headers.set("Authorization", "Bearer " + token);
                    }
                })
                .get()
                .uri("http://127.0.0.1:" + port + path)
                .responseContent()
                .aggregate()
                .asString();
    }

    /** With a session and without one. */
    @Test
    void endsAnEventStream() {
        for (String token : new String[] {"", sessions.open("acme")}) {
            assertThat(body("/shop/events", token).block(LONG)).isEqualTo("data: 1\n\n");
        }
    }

    /** Its reader must not take the part so far for all of it. */
    @Test
    void breaksOffAnyOtherResponse() {
        for (String token : new String[] {"", sessions.open("acme")}) {
            assertThatThrownBy(() -> body("/shop/lines", token).block(LONG)).hasRootCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void closesASocket() throws Exception {
        var socket = SocketClient.open("ws://127.0.0.1:" + port + "/shop/chat", Map.of());

        assertThat(socket.nextText()).isEqualTo("welcome");
        assertThat(socket.closeCode()).isEqualTo(1001);
        assertThat(socket.closeReason()).isEqualTo("connect again");
    }
}
