package dev.frontdesk.kit.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.metrics.HttpPoolMetrics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

class CallConnectionsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int AT_ONCE = 200;

    /** Many people log in at the same moment, and each password check takes its time. */
    @Test
    void manyCallsGoOutAtOnce() {
        var arrived = new AtomicInteger();
        Sinks.Empty<Void> allThere = Sinks.empty();
        var server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((_, answer) -> answer.sendString(Mono.defer(() -> {
                    if (arrived.incrementAndGet() == AT_ONCE) {
                        allThere.tryEmitEmpty();
                    }
                    return allThere.asMono().thenReturn("answer");
                })))
                .bindNow();
        var connections = new CallsAutoConfiguration()
                .callConnections(new CallsProperties(Duration.ofSeconds(2)), new HttpPoolMetrics("calls"));
        var client = HttpClient.create(connections).baseUrl("http://127.0.0.1:" + server.port());

        StepVerifier.create(Flux.range(0, AT_ONCE)
                        .flatMap(
                                _ -> client.get()
                                        .uri("/")
                                        .responseContent()
                                        .aggregate()
                                        .asString(),
                                AT_ONCE))
                .expectNextCount(AT_ONCE)
                .expectComplete()
                .verify(LONG);

        assertThat(arrived).hasValue(AT_ONCE);
        connections.dispose();
        server.disposeNow();
    }
}
