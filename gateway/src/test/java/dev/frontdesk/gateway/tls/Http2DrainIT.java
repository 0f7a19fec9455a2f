package dev.frontdesk.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.gateway.restart.Instances;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A gateway that is stopped while a client uses one connection for all its requests. */
class Http2DrainIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ENTRY = "/api/v1/cache/names/";

    private final Backend services = new Backend();
    private final Sinks.Empty<Void> held = Sinks.empty();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        held.tryEmitEmpty();
        services.stop();
    }

    @Test
    void finishesRequestsInFlightAndAsksForAnotherConnection() throws Exception {
        var certificates = new TestCertificates(folder);
        certificates.install(certificates.issue("gateway"));
        services.answers(seen ->
                (seen.uri().endsWith("/slow") ? held.asMono() : Mono.<Void>empty()).thenReturn(Answer.json(200, "{}")));
        try (var gateway = Gateways.with(
                        certificates,
                        services,
                        "frontdesk.drain.wait=15s",
                        "spring.cloud.gateway.server.webflux.httpclient.response-timeout=60s");
                var client = new Http2Client(Instances.port(gateway), certificates)) {
            Http2FrameStream slow = client.send(Http2Client.get(ENTRY + "slow"), true);
            await().atMost(LONG).until(() -> !services.seen().isEmpty());
            assertThat(statusOf(client, "quick")).isEqualTo(200);
            assertThat(client.goAway()).isNotDone();

            CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close, Thread::startVirtualThread);
            await().atMost(LONG).until(() -> {
                assertThat(statusOf(client, "quick")).isEqualTo(200);
                return client.goAway().isDone();
            });
            assertThat(client.goAway().get()).isEqualTo(Http2Error.NO_ERROR.code());
            assertThat(client.isClosed()).as("a request is still in flight").isFalse();

            held.tryEmitEmpty();
            await().atMost(LONG).until(() -> client.answer(slow).isOver());
            assertThat(client.answer(slow).status()).isEqualTo(200);
            await().atMost(LONG).until(client::isClosed);
            closed.get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static int statusOf(Http2Client client, String key) {
        Http2FrameStream stream = client.send(Http2Client.get(ENTRY + key), true);
        await().atMost(LONG).until(() -> client.answer(stream).isOver());
        return client.answer(stream).status();
    }
}
