package dev.frontdesk.kit.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

class ConnectFailuresTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();

    @Test
    void retriesWhenNoServerListened() throws IOException {
        int port = freePort();
        var server = new DisposableServer[1];

        // A server starts after the first attempt.
        StepVerifier.create(call(port, () -> {
                    if (server[0] == null) {
                        server[0] = HttpServer.create()
                                .host("127.0.0.1")
                                .port(port)
                                .handle((_, answer) -> answer.sendString(Mono.just("here")))
                                .bindNow();
                    }
                }))
                .expectNext("here")
                .expectComplete()
                .verify(LONG);

        assertThat(tries).hasValue(2);
        server[0].disposeNow();
    }

    @Test
    void givesUpAfterTwoMoreTries() throws IOException {
        StepVerifier.create(call(freePort(), () -> {}))
                .expectErrorMatches(ConnectFailures::isBehind)
                .verify(LONG);

        assertThat(tries).hasValue(3);
    }

    @Test
    void doesNotRepeatWhatWasReceived() {
        var server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, _) -> request.receive().aggregate().then(Mono.fromRunnable(() -> {
                    received.incrementAndGet();
                    request.withConnection(connection -> connection.channel().close());
                })))
                .bindNow();

        StepVerifier.create(call(server.port(), () -> {}))
                .expectErrorMatches(error -> !ConnectFailures.isBehind(error))
                .verify(LONG);

        assertThat(received).hasValue(1);
        server.disposeNow();
    }

    private Mono<String> call(int port, Runnable afterFailure) {
        var builder = WebClient.builder().baseUrl("http://127.0.0.1:" + port);
        new CallsAutoConfiguration().unsentCallsAgain().customize(builder);
        return builder.filter((request, next) -> next.exchange(request)
                        .doOnSubscribe(_ -> tries.incrementAndGet())
                        .onErrorResume(error -> Mono.fromRunnable(afterFailure)
                                .subscribeOn(Schedulers.boundedElastic())
                                .then(Mono.error(error))))
                .build()
                .post()
                .bodyValue("once")
                .retrieve()
                .bodyToMono(String.class);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
