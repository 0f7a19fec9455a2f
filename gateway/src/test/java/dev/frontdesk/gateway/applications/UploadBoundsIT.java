package dev.frontdesk.gateway.applications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.backends.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** How many bodies may be arriving at once, and what is left for other requests. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.upstreams.connections=1",
            "frontdesk.gateway.in-flight.uploads=2",
            "frontdesk.gateway.in-flight.uploads-per-route=1",
        })
class UploadBoundsIT extends RunningApplication {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Sinks.Empty<Void> rest = Sinks.empty();
    private final AtomicInteger begun = new AtomicInteger();
    private final List<Mono<Integer>> uploads = new ArrayList<>();

    private final DisposableServer application = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> request.receive()
                    .doOnNext(_ -> begun.incrementAndGet())
                    .then()
                    .then(response.sendString(Mono.just("of")).then()))
            .bindNow();

    @AfterEach
    void stop() {
        rest.tryEmitEmpty();
        uploads.forEach(upload -> assertThat(upload.block(LONG)).isEqualTo(200));
        application.disposeNow();
    }

    private String toApplication(String id) {
        return route().replace(shop.url(), "http://127.0.0.1:" + application.port())
                .replace("shop", id);
    }

    private Mono<Integer> upload(String path, Flux<ByteBuf> body) {
        return HttpClient.newConnection()
                .post()
                .uri("http://127.0.0.1:" + port + path)
                .send(body)
                .response()
                .map(head -> head.status().code());
    }

    private void hold(String path) {
        int before = begun.get();
        Mono<Integer> upload = upload(path, Flux.concat(part(), rest.asMono().then(Mono.empty())))
                .cache();
        upload.subscribe();
        uploads.add(upload);
        await().atMost(LONG).until(() -> begun.get() > before);
    }

    private static Mono<ByteBuf> part() {
        return Mono.fromSupplier(() -> Unpooled.copiedBuffer("a".repeat(1000), UTF_8));
    }

    private int statusOfUpload(String path) {
        return requireNonNull(upload(path, part().flux()).block(LONG));
    }

    @Test
    void leavesTheConnectionsToAServerForOtherRequests() {
        put("[" + toApplication("shop") + "]");
        hold("/shop/upload");

        get("/shop/a", _ -> {}).expectStatus().isOk();
    }

    @Test
    void boundsUploadsOfARouteAndInTotal() {
        put("[" + toApplication("shop") + "," + toApplication("other") + "," + toApplication("third") + "]");
        hold("/shop/upload");

        assertThat(statusOfUpload("/shop/upload")).isEqualTo(503);
        assertThat(statusOfUpload("/other/upload")).isEqualTo(200);

        hold("/other/upload");
        assertThat(statusOfUpload("/third/upload")).isEqualTo(503);

        rest.tryEmitEmpty();
        uploads.forEach(upload -> assertThat(upload.block(LONG)).isEqualTo(200));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(statusOfUpload("/third/upload")).isEqualTo(200));
    }

    /** One connection to a server, and one request that waits for it. */
    @Test
    void answers503WhenAllConnectionsAreTaken() {
        put("[" + route() + "]");
        Sinks.Empty<Void> answers = Sinks.empty();
        shop.answers(_ -> answers.asMono().thenReturn(Answer.json(200, "{}")));
        List<Integer> statuses = new CopyOnWriteArrayList<>();

        var requests = Flux.range(0, 3)
                .flatMap(i -> HttpClient.newConnection()
                        .get()
                        .uri("http://127.0.0.1:" + port + "/shop/" + i)
                        .response()
                        .map(head -> head.status().code()))
                .doOnNext(statuses::add)
                .collectList()
                .toFuture();
        await().atMost(LONG).until(() -> !statuses.isEmpty());
        assertThat(statuses.getFirst()).isEqualTo(503);
        answers.tryEmitEmpty();

        assertThat(requests).succeedsWithin(LONG);
        assertThat(statuses).contains(200).allMatch(status -> status == 200 || status == 503);
    }
}
