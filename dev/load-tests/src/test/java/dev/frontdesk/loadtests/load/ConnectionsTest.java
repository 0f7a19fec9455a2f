package dev.frontdesk.loadtests.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class ConnectionsTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    private final AtomicInteger asked = new AtomicInteger();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.get("/right", (_, response) -> {
                        asked.incrementAndGet();
                        return response.sendString(Mono.just("hello"));
                    })
                    .get("/dropped", (request, _) -> {
                        request.withConnection(
                                connection -> connection.channel().close());
                        return Mono.never();
                    }))
            .bindNow();

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void countsEveryRequestAndItsResponse() {
        try (var connections = Connections.open(server.port(), 3)) {
            Sent sent = connections.closed(SHORT, 200, request("/right"));

            assertThat(sent.right()).isPositive().isEqualTo(asked.get());
            assertThat(sent.failed()).isZero();
            assertThat(sent.latencies().count()).isEqualTo(sent.right());
        }
    }

    @Test
    void sendsAsManyRequestsAsTheRateSays() {
        try (var connections = Connections.open(server.port(), 3)) {
            Sent sent = connections.open(500, SHORT, 200, request("/right"));

            assertThat(sent.requests()).isEqualTo(100);
        }
    }

    @Test
    void endsWhenThereIsNoFurtherRequest() {
        byte[] request = Requests.get("/right", Map.of());
        try (var connections = Connections.open(server.port(), 2)) {
            Sent sent =
                    connections.closed(Duration.ofMinutes(1), 200, Requests.once(List.of(request, request, request)));

            assertThat(sent.right()).isEqualTo(3).isEqualTo(asked.get());
        }
    }

    @Test
    void countsAConnectionThatWasClosedBefore() {
        try (var connections = Connections.open(server.port(), 1)) {
            connections.closed(SHORT, 200, request("/dropped"));

            assertThat(connections.closed(SHORT, 200, request("/right")).wrong())
                    .isEqualTo(Map.of("no connection", 1));
        }
    }

    @Test
    void countsAWrongStatus() {
        try (var connections = Connections.open(server.port(), 1)) {
            Sent sent = connections.closed(SHORT, 200, request("/missing"));

            assertThat(sent.right()).isZero();
            assertThat(sent.wrong()).containsOnlyKeys("404");
        }
    }

    @Test
    void countsAConnectionThatTheServerCloses() {
        try (var connections = Connections.open(server.port(), 2)) {
            Sent sent = connections.closed(SHORT, 200, request("/dropped"));

            assertThat(sent.wrong()).isEqualTo(Map.of("connection closed", 2));
        }
    }

    private static Requests request(String path) {
        return Requests.always(Requests.get(path, Map.of()));
    }
}
