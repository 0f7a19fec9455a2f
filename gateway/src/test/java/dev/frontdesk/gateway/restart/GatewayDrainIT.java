package dev.frontdesk.gateway.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.gateway.websocket.SocketClient;
import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A gateway that is stopped while clients use it. */
class GatewayDrainIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String[] PATIENCE = {
        "spring.cloud.gateway.server.webflux.httpclient.response-timeout=60s",
        "frontdesk.gateway.identity.answer-within=60s"
    };
    private static final TestEnvironment ENVIRONMENT = TestEnvironment.with(Server.REDIS, Server.KAFKA);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Backend services = new Backend();
    private final Sinks.Empty<Void> held = Sinks.empty();
    private final HeldDrain drain = new HeldDrain();

    @Test
    void finishesRequestsInFlight() throws Exception {
        services.opensSockets((in, _) -> in.receive().then());
        services.answers(seen -> (seen.uri().endsWith("/slow") ? held.asMono() : Mono.<Void>empty())
                .thenReturn(Answer.json(200, "{}").with("Connection", "close")));
        try (var gateway = Instances.gateway(ENVIRONMENT, services.url(), drain, PATIENCE)) {
            int port = Instances.port(gateway);
            assertThat(ask(port, "quick").get().headers().firstValue("Connection"))
                    .as("what the service says to the gateway alone")
                    .isEmpty();
            var sockets = Stream.generate(() -> SocketClient.open("ws://127.0.0.1:" + port + "/ws?ticket=a", Map.of()))
                    .limit(5)
                    .toList();
            var slow = ask(port, "slow");
            await().atMost(LONG)
                    .until(() ->
                            services.seen().stream().anyMatch(seen -> seen.uri().endsWith("/slow")));

            CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close, Thread::startVirtualThread);
            await().atMost(LONG).until(() -> asksToLeave(port, "quick"));
            assertThat(asksToLeave(port, "%2F"))
                    .as("what the gateway answers itself")
                    .isTrue();
            for (var socket : sockets) {
                assertThat(socket.closeCode()).isEqualTo(1012);
                assertThat(socket.closeReason()).matches("\\{\"reconnect_after_ms\":[0-9]+}");
            }
            drain.letGo();
            await().atMost(LONG)
                    .untilAsserted(() -> assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
                            .isInstanceOf(ConnectException.class));
            held.tryEmitEmpty();

            var answer = slow.get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Connection")).hasValue("close");
            closed.get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void stop() {
        held.tryEmitEmpty();
        drain.letGo();
        services.stop();
    }

    private boolean asksToLeave(int port, String key) throws Exception {
        return ask(port, key)
                .get(LONG.toSeconds(), TimeUnit.SECONDS)
                .headers()
                .firstValue("Connection")
                .equals(Optional.of("close"));
    }

    private CompletableFuture<HttpResponse<String>> ask(int port, String key) {
        var uri = URI.create("http://127.0.0.1:" + port + "/api/v1/cache/names/" + key);
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
