package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.gateway.websocket.SocketClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.WebsocketServerSpec;

/** What may pass through a socket of an application: more than through Frontdesk's own. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.streams.sockets.longest-message=200KB",
            "frontdesk.gateway.streams.sockets.frames=300",
            "frontdesk.gateway.streams.sockets.frames-per-second=1",
        })
class SocketLimitsIT extends RunningApplication {

    private static final int LARGE = 190 * 1024;
    private static final int TOO_LARGE = 210 * 1024;

    private final DisposableServer application = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> {
                WebsocketServerSpec spec = WebsocketServerSpec.builder()
                        .maxFramePayloadLength(1024 * 1024)
                        .build();
                routes.ws(
                                "/shop/echo",
                                (in, out) -> out.sendString(in.aggregateFrames(1024 * 1024)
                                        .receive()
                                        .asString()),
                                spec)
                        .ws("/shop/large", (_, out) -> out.sendString(text(TOO_LARGE)), spec)
                        .ws(
                                "/shop/many",
                                (_, out) -> out.sendString(Flux.range(0, 500).map(Object::toString)),
                                spec);
            })
            .bindNow();

    private static Mono<String> text(int length) {
        return Mono.fromSupplier(() -> "a".repeat(length));
    }

    @AfterEach
    void stop() {
        application.disposeNow();
    }

    private SocketClient open(String path) {
        put("[" + route("\"websocket\": true").replace(shop.url(), "http://127.0.0.1:" + application.port()) + "]");
        return SocketClient.open("ws://127.0.0.1:" + port + path, Map.of());
    }

    @Test
    void relaysLargeMessagesBothWays() throws Exception {
        var socket = open("/shop/echo");
        for (int i = 0; i < 3; i++) {
            socket.send("a".repeat(LARGE));
            assertThat(socket.nextText()).hasSize(LARGE);
        }
        socket.close(1000, "");
        assertThat(socket.closeCode()).isEqualTo(1000);
    }

    @Test
    void closesASocketWithALargerMessageOfTheClient() throws Exception {
        var socket = open("/shop/echo");
        socket.send("a".repeat(TOO_LARGE));
        assertThat(socket.closeCode()).isEqualTo(1009);
    }

    @Test
    void closesASocketWithALargerMessageOfTheServer() throws Exception {
        assertThat(open("/shop/large").closeCode()).isEqualTo(1011);
    }

    @Test
    void boundsTheFramesOfTheClient() throws Exception {
        var socket = open("/shop/echo");
        for (int i = 0; i < 250; i++) {
            socket.send("a");
            assertThat(socket.nextText()).isEqualTo("a");
        }
        for (int i = 0; i < 100; i++) {
            socket.send("b");
        }
        assertThat(socket.closeCode()).isEqualTo(4429);
    }

    /** The last ones arrive together with the close frame. */
    @Test
    void losesNoFrameBeforeTheServerCloses() throws Exception {
        var socket = open("/shop/many");
        for (int i = 0; i < 500; i++) {
            assertThat(socket.nextText()).isEqualTo(Integer.toString(i));
        }
        assertThat(socket.closeCode()).isEqualTo(1000);
    }
}
