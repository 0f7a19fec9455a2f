package dev.frontdesk.gateway.degradation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Answer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;

@TestPropertySource(
        properties = {
            "spring.cloud.gateway.server.webflux.httpclient.response-timeout=1s",
            "frontdesk.gateway.breakers.calls=6",
            "frontdesk.gateway.breakers.pause=300ms",
            "frontdesk.gateway.breakers.trials=1",
        })
class DegradationIT extends RunningGateway {

    /** What one test broke is whole again before the next. */
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
    void answers503ForAServiceThatDoesNotAnswer() {
        cache.answers(_ -> Mono.never());

        long begin = System.nanoTime();
        assertUnavailable(get("/api/v1/cache/names/a"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));

        get("/api/v1/sessions").expectStatus().isOk();
    }

    @Test
    void stopsAskingAServiceThatIsAwayAndComesBackToIt() {
        cache.answers(_ -> Mono.never());
        for (int i = 0; i < 5; i++) {
            assertUnavailable(get("/api/v1/cache/names/a"));
        }

        int asked = cache.seen().size();
        long begin = System.nanoTime();
        assertUnavailable(get("/api/v1/cache/names/a"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(900));
        assertThat(cache.seen().size()).isEqualTo(asked);

        cache.reset();
        await().atMost(Duration.ofSeconds(10))
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

    private ResponseSpec get(String path) {
        return client().get().uri(path).exchange();
    }
}
