package dev.frontdesk.kit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

class HttpPoolMetricsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Sinks.Empty<Void> answered = Sinks.empty();
    private final DisposableServer one = server();
    private final DisposableServer other = server();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final HttpPoolMetrics metrics = new HttpPoolMetrics("calls");
    private final ConnectionProvider connections = ConnectionProvider.builder("calls")
            .maxConnections(1)
            .metrics(true, () -> metrics)
            .build();

    private DisposableServer server() {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((_, answer) -> answer.sendString(answered.asMono().then(Mono.just("answer"))))
                .bindNow();
    }

    @AfterEach
    void stop() {
        connections.dispose();
        one.disposeNow();
        other.disposeNow();
    }

    @Test
    void addsUpTheConnectionsToAllTargets() {
        metrics.bindTo(registry);

        var calls = Stream.of(one, one, other).map(this::call).toList();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(connections("active")).isEqualTo(2));
        assertThat(connections("idle")).isZero();
        assertThat(pending()).isEqualTo(1);

        answered.tryEmitEmpty();
        calls.forEach(CompletableFuture::join);

        await().atMost(LONG).untilAsserted(() -> assertThat(connections("idle")).isEqualTo(2));
        assertThat(connections("active")).isZero();
        assertThat(pending()).isZero();
    }

    @Test
    void labelsNoTarget() {
        metrics.bindTo(registry);
        answered.tryEmitEmpty();

        Stream.of(one, other).map(this::call).forEach(CompletableFuture::join);

        assertThat(registry.getMeters()).hasSize(3);
    }

    private CompletableFuture<String> call(DisposableServer target) {
        return HttpClient.create(connections)
                .get()
                .uri("http://127.0.0.1:" + target.port())
                .responseContent()
                .aggregate()
                .asString()
                .toFuture();
    }

    private double connections(String state) {
        return registry.get("frontdesk.http.pool.connections")
                .tags("pool", "calls", "state", state)
                .gauge()
                .value();
    }

    private double pending() {
        return registry.get("frontdesk.http.pool.pending")
                .tag("pool", "calls")
                .gauge()
                .value();
    }
}
