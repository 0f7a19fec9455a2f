package dev.frontdesk.gateway.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.testsupport.logs.LogCapture;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "reactor.netty.http.server.accessLogEnabled=true")
class TracingIT extends RunningGateway {

    private static final String SECRET = "ticket-in-a-query";
    private static final List<String> OBSERVED = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @BeforeEach
    void forget() {
        OBSERVED.clear();
    }

    @Test
    void keepsQueriesOutOfSpans() {
        callWithSecretsInQueries();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(OBSERVED)
                        .anyMatch(values -> values.contains("http.uri") && values.contains("/api/v1/cache/names/a")));
        assertThat(OBSERVED).noneMatch(values -> values.contains(SECRET));
    }

    @Test
    void keepsQueriesOutOfTheAccessLog() {
        String traceId = callWithSecretsInQueries();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(logs.lines())
                        .anyMatch(line -> line.contains("GET /api/v1/cache/names/a 200 ") && line.contains(traceId)));
        assertThat(logs.lines()).noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void keepsTokensInPathsOutOfSpansAndTheAccessLog() {
        String token = "fds_17_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";
        client().get()
                .uri("/api/v1/cache/names/" + token)
                .exchange()
                .expectStatus()
                .isBadRequest();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(logs.lines()).anyMatch(line -> line.contains("GET /token-in-url 400 ")));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(OBSERVED).anyMatch(values -> values.contains("/token-in-url")));
        assertThat(logs.lines()).noneMatch(line -> line.contains(token));
        assertThat(OBSERVED).noneMatch(values -> values.contains(token));
    }

    private String callWithSecretsInQueries() {
        client().get().uri("/ws?ticket=" + SECRET).exchange().expectStatus().isBadRequest();
        var traceId = client().get()
                .uri("/api/v1/cache/names/a?name=" + SECRET)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getFirst("X-Trace-Id");
        assertThat(traceId).isNotNull();
        return String.valueOf(traceId);
    }

    @TestConfiguration
    static class Observing {

        /** Receives what an exporter of spans would receive. */
        @Bean
        ObservationHandler<Observation.Context> observed() {
            return new ObservationHandler<>() {
                @Override
                public void onStop(Observation.Context context) {
                    OBSERVED.add(
                            context.getName() + " " + context.getContextualName() + " " + context.getAllKeyValues());
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return true;
                }
            };
        }
    }
}
