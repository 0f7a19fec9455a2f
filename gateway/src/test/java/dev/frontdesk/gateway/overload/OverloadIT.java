package dev.frontdesk.gateway.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.testsupport.logs.LogCapture;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

@TestPropertySource(properties = "frontdesk.gateway.in-flight.per-service=2")
class OverloadIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String AT_CACHE = "/api/v1/cache/names/a";
    private static final String AT_SESSION = "/api/v1/sessions";
    private static final String LEASES = "/api/v1/queues/mine/leases";

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @Autowired
    private MeterRegistry meters;

    private final Sinks.One<Answer> held = Sinks.one();
    private final List<CompletableFuture<Integer>> pending = new ArrayList<>();

    @AfterEach
    void release() {
        held.tryEmitValue(Answer.json(200, "{}"));
        pending.forEach(it -> assertThat(it.join()).isEqualTo(200));
        await().atMost(LONG).until(() -> inFlight("cache-service") + inFlight("waiting") == 0);
    }

    @Test
    void leavesRoomForOtherServicesWhenOneIsSlow() {
        double refusedBefore = refused("cache-service");
        hold(cache, AT_CACHE, 2);

        assertOverloaded(get(AT_CACHE)).expectHeader().exists("X-Trace-Id");
        // Nothing was done for the others, nor were they counted.
        assertOverloaded(get(AT_CACHE))
                .expectHeader()
                .doesNotExist("X-Trace-Id")
                .expectHeader()
                .doesNotExist("RateLimit");

        get(AT_SESSION).expectStatus().isOk();
        assertThat(cache.seen()).hasSize(2);
        assertThat(refused("cache-service")).isEqualTo(refusedBefore + 2);
        assertThat(logs.lines())
                .filteredOn(line -> line.contains("cache-service is overloaded"))
                .hasSize(1);
    }

    @Test
    void hasRoomAgainWhenRequestsEnd() {
        hold(cache, AT_CACHE, 2);
        assertOverloaded(get(AT_CACHE));

        release();

        get(AT_CACHE).expectStatus().isOk();
        assertThat(logs.lines())
                .filteredOn(line -> line.contains("cache-service is no longer overloaded"))
                .hasSize(1);
    }

    @Test
    void refusesRequestsWithBodiesOnAConnectionThatGoesOn() {
        hold(cache, AT_CACHE, 2);
        assertOverloaded(get(AT_CACHE));
        var connections = ConnectionProvider.create("one", 1);
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(put(connections)).isEqualTo(503);
            }
            // A body after a HEAD would be taken for the next answer.
            assertThat(head(connections)).isEqualTo(503);
            assertThat(put(connections)).isEqualTo(503);
            release();
            assertThat(put(connections)).isEqualTo(200);
        } finally {
            connections.dispose();
        }
    }

    private int head(ConnectionProvider connections) {
        return HttpClient.create(connections)
                .head()
                .uri("http://127.0.0.1:" + port + AT_CACHE)
                .response()
                .map(answer -> answer.status().code())
                .blockOptional(LONG)
                .orElseThrow();
    }

    private int put(ConnectionProvider connections) {
        return HttpClient.create(connections)
                .headers(headers -> headers.set("Content-Type", "application/json"))
                .put()
                .uri("http://127.0.0.1:" + port + AT_CACHE)
                .send(ByteBufFlux.fromString(Mono.just("{\"a\":\"" + "b".repeat(10_000) + "\"}")))
                .response()
                .map(answer -> answer.status().code())
                .blockOptional(LONG)
                .orElseThrow();
    }

    @Test
    void answersPreflightsAndItsHealthAllTheSame() {
        hold(cache, AT_CACHE, 2);
        assertOverloaded(get(AT_CACHE));

        client().options()
                .uri(AT_CACHE)
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "GET")
                .exchange()
                .expectStatus()
                .isNoContent();
        get("/health").expectStatus().value(status -> assertThat(status).isIn(200, 503));
        get("/health").expectHeader().exists("X-Trace-Id");
    }

    @Test
    void countsNoRequestWhoseClientHasLeft() {
        cache.answers(_ -> held.asMono());
        var leaving = HttpClient.create()
                .get()
                .uri("http://127.0.0.1:" + port + AT_CACHE)
                .response()
                .subscribe();
        await().atMost(LONG).until(() -> inFlight("cache-service") == 1);

        leaving.dispose();

        await().atMost(LONG).until(() -> inFlight("cache-service") == 0);
    }

    /** They would else lock others out. */
    @Test
    void doesNotCountRequestsWhoseBodyHasNotArrived() {
        Sinks.Many<String> body = Sinks.many().unicast().onBackpressureBuffer();
        var slow = HttpClient.create()
                .put()
                .uri("http://127.0.0.1:" + port + AT_CACHE)
                .send(ByteBufFlux.fromString(body.asFlux()))
                .response()
                .toFuture();
        body.tryEmitNext("{\"part\":");
        get(AT_SESSION).expectStatus().isOk();

        assertThat(inFlight("cache-service")).isZero();

        body.tryEmitNext("1}");
        body.tryEmitComplete();
        assertThat(slow.join().status().code()).isEqualTo(200);
    }

    @Test
    void hasRoomBesideRequestsThatWait() {
        hold(notification, LEASES, 4);

        get(AT_CACHE).expectStatus().isOk();
        assertThat(inFlight("waiting")).isEqualTo(4);
        assertThat(inFlight("notification-service")).isZero();
    }

    private void hold(Backend service, String path, int number) {
        int before = service.seen().size();
        service.answers(_ -> held.asMono());
        for (int i = 0; i < number; i++) {
            pending.add(Mono.fromCallable(
                            () -> get(path).returnResult(Void.class).getStatus().value())
                    .subscribeOn(Schedulers.boundedElastic())
                    .toFuture());
        }
        await().atMost(LONG).until(() -> service.seen().size() == before + number);
    }

    private ResponseSpec assertOverloaded(ResponseSpec answer) {
        answer.expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectHeader()
                .valueEquals("Content-Type", "application/problem+json")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/overloaded");
        return answer;
    }

    private ResponseSpec get(String path) {
        return client().get().uri(path).exchange();
    }

    private double inFlight(String bulkhead) {
        return meters.get("frontdesk.gateway.in-flight.requests")
                .tag("bulkhead", bulkhead)
                .gauge()
                .value();
    }

    private double refused(String bulkhead) {
        return meters.get("frontdesk.gateway.in-flight.refused")
                .tag("bulkhead", bulkhead)
                .counter()
                .count();
    }
}
