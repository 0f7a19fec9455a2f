package dev.frontdesk.gateway.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.gateway.websocket.SocketClient;
import dev.frontdesk.testsupport.http.RawConnection;
import dev.frontdesk.testsupport.http.RawConnection.RawAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** WebSockets and other upgrades with the documented configuration of a real nginx. */
@Tag("other-languages")
class NginxUpgradesIT extends RunningForwardAuth {

    private static final int LARGE = 2 * 1024 * 1024;

    private RunningNginx nginx;

    @BeforeEach
    void startNginx(@TempDir Path folder) throws IOException {
        nginx = RunningNginx.start(folder, "127.0.0.1:" + port, shop.url().substring("http://".length()));
        put(route("\"anonymous\": true", "\"websocket\": true", "\"host\": \"shop.example\""));
    }

    @AfterEach
    void stopNginx() {
        if (nginx != null) {
            nginx.close();
        }
    }

    private RawAnswer answer(String requestLine, String host, String headers) throws IOException {
        try (var connection = new RawConnection(nginx.port())) {
            return connection
                    .send(requestLine + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n")
                    .answer();
        }
    }

    /** An application that answers 101 would get requests on this connection that nothing has checked. */
    @ParameterizedTest
    @ValueSource(strings = {"h2c", "H2C", "h2c, websocket", "websocket, h2c", "h2c\r\nUpgrade: websocket", "other"})
    void passesNoOtherUpgradeOn(String upgrade) throws IOException {
        var answer = answer(
                "GET /shop/a",
                "shop.example",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: " + upgrade
                        + "\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n");

        assertThat(answer.status()).isEqualTo(200);
        var seen = shop.seenLast().headers();
        assertThat(seen.headerNames()).doesNotContain("Upgrade", "upgrade", "HTTP2-Settings");
        assertThat(seen.get("Connection")).containsExactly("close");
    }

    @Test
    void opensAWebSocketOfTheApplication() throws Exception {
        shop.opensSockets((in, out) -> out.sendString(in.receive().asString().map(text -> "echo " + text)));

        var socket = SocketClient.open("ws://127.0.0.1:" + nginx.port() + "/shop/chat", Map.of());
        socket.send("hello");

        assertThat(socket.nextText()).isEqualTo("echo hello");
        socket.close(1000, "");
    }

    @Test
    void opensTheWebSocketOfTheApi() throws IOException {
        notification.opensSockets((_, out) -> out.sendString(Mono.just("welcome")));

        var answer = answer(
                "GET /ws?ticket=a",
                "frontdesk.example",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");

        assertThat(answer.status()).isEqualTo(101);
    }

    @Test
    void leavesTheSizeOfABodyToTheGateway() throws IOException {
        var answer = answer(
                "POST /api/v1/sessions",
                "frontdesk.example",
                "Content-Type: application/json\r\nContent-Length: " + LARGE + "\r\n");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    }
}
