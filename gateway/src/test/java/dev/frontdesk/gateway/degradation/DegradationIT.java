package dev.frontdesk.gateway.degradation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.testsupport.logs.LogCapture;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

@TestPropertySource(
        properties = {
            "spring.cloud.gateway.server.webflux.httpclient.response-timeout=1s",
            "frontdesk.gateway.breakers.calls=6",
            "frontdesk.gateway.breakers.pause=300ms",
            "frontdesk.gateway.breakers.trials=1",
        })
@Import(DegradationIT.Latecomer.class)
class DegradationIT extends RunningGateway {

    /** Starts a service after the first attempt has reached no instance. */
    static class Latecomer implements HttpClientCustomizer {

        private final AtomicReference<@Nullable Runnable> arrival = new AtomicReference<>();

        @Override
        public HttpClient customize(HttpClient client) {
            return client.doOnError((_, _) -> arrive(), (_, _) -> arrive());
        }

        private void arrive() {
            Runnable arriving = arrival.getAndSet(null);
            if (arriving != null) {
                Schedulers.boundedElastic().schedule(arriving);
            }
        }
    }

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @Autowired
    private Latecomer latecomer;

    /** Restores what a test broke before the next one. */
    @BeforeEach
    void awaitClosedBreakers() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> get("/api/v1/cache/names/a").expectStatus().isOk());
        for (int i = 0; i < 6; i++) {
            get("/api/v1/cache/names/a").expectStatus().isOk();
        }
        cache.reset();
    }

    @Test
    void answers503ForAServiceThatIsNotThere() {
        cache.stop();

        assertUnavailable(get("/api/v1/cache/names/a"));

        get("/api/v1/sessions").expectStatus().isOk();
        get("/api/v1/users/a").expectStatus().isOk();
    }

    @Test
    void retriesARequestThatReachedNoInstance() {
        cache.stop();
        latecomer.arrival.set(cache::start);

        client().put()
                .uri("/api/v1/cache/names/a")
                .bodyValue("the body")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(cache.seen())
                .singleElement()
                .satisfies(seen -> assertThat(seen.body()).asString().isEqualTo("the body"));
    }

    @Test
    void doesNotSendARequestAgainThatWasReceived() {
        cache.answers(_ -> Mono.<Answer>fromRunnable(cache::stop)
                .subscribeOn(Schedulers.boundedElastic())
                .then(Mono.never()));
        latecomer.arrival.set(cache::start);

        assertUnavailable(get("/api/v1/cache/names/a"));

        assertThat(cache.seen()).hasSize(1);
    }

    @Test
    void answers503ForAServiceThatDoesNotAnswer() {
        cache.answers(_ -> Mono.never());

        long begin = System.nanoTime();
        assertUnavailable(get("/api/v1/cache/names/a"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));

        get("/api/v1/sessions").expectStatus().isOk();
    }

    @Test
    void waitsForWorkAsLongAsAWorkerDoes() {
        notification.answers(_ -> Mono.delay(Duration.ofMillis(1500)).thenReturn(Answer.json(200, "{}")));

        assertUnavailable(get("/api/v1/queues/ai"));
        client().post()
                .uri("/api/v1/queues/ai/leases")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void waitsForALockAsLongAsAClientDoes() {
        cache.answers(_ -> Mono.delay(Duration.ofMillis(1500)).thenReturn(Answer.json(200, "{}")));

        assertUnavailable(get("/api/v1/locks/report"));
        client().post()
                .uri("/api/v1/locks/report/acquire")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void stopsCallingAnUnavailableServiceAndRecovers() {
        cache.answers(_ -> Mono.never());
        for (int i = 0; i < 5; i++) {
            assertUnavailable(get("/api/v1/cache/names/a"));
        }

        int asked = cache.seen().size();
        int warned = warnings();
        assertUnavailable(get("/api/v1/cache/names/a"));
        assertThat(cache.seen().size()).isEqualTo(asked);
        assertThat(warnings()).as("the breaker was logged when it opened").isEqualTo(warned);

        cache.reset();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> get("/api/v1/cache/names/a").expectStatus().isOk());
    }

    @Test
    void goesOnAskingAServiceThatAnswersWithErrors() {
        for (int status : new int[] {400, 404, 429, 500, 503}) {
            cache.answers(Answer.problem(status, "{\"its\":\"own\"}"));
            for (int i = 0; i < 10; i++) {
                get("/api/v1/cache/names/a")
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody(String.class)
                        .isEqualTo("{\"its\":\"own\"}");
            }
        }
        assertThat(cache.seen()).hasSize(50);
    }

    private static void assertUnavailable(ResponseSpec response) {
        response.expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueMatches("Retry-After", "[1-9]")
                .expectHeader()
                .exists("X-Trace-Id")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://frontdesk.dev/problems/unavailable");
    }

    private int warnings() {
        return (int) logs.lines().stream().filter(line -> line.contains("WARN")).count();
    }

    private ResponseSpec get(String path) {
        return client().get().uri(path).exchange();
    }
}
