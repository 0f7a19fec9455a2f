package dev.frontdesk.gateway.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.testsupport.logs.LogCapture;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = {
            "reactor.netty.http.server.accessLogEnabled=true",
            "management.opentelemetry.tracing.export.schedule-delay=200ms",
            "management.tracing.sampling.probability=0"
        })
class TracingIT extends RunningGateway {

    private static final String SECRET = "ticket-in-a-query";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final SpanCollector COLLECTOR = new SpanCollector();

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @DynamicPropertySource
    static void collector(DynamicPropertyRegistry registry) {
        registry.add("management.opentelemetry.tracing.export.otlp.endpoint", COLLECTOR::url);
    }

    @AfterAll
    static void stop() {
        COLLECTOR.close();
    }

    @Test
    void exportsTheSpanOfASampledTraceWithTheIdsThatItPassedOn() {
        String traceId = "0af7651916cd43dd8448eb211c80319c";
        get("/api/v1/cache/names/a?name=" + SECRET, "00-" + traceId + "-b7ad6b7169203331-01");

        String passedOn = String.valueOf(cache.seenLast().headers().getFirst("traceparent"));
        assertThat(passedOn).startsWith("00-" + traceId + "-").endsWith("-01");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(COLLECTOR.spansOf(traceId))
                        .singleElement()
                        .satisfies(span -> {
                            assertThat(span.spanId()).isEqualTo(passedOn.substring(36, 52));
                            assertThat(span.text())
                                    .startsWith("GET /api/v1/cache/**")
                                    .contains("http.response.status_code=200")
                                    .doesNotContain(SECRET, "names");
                        }));
    }

    @Test
    void exportsOnlyTheSpanOfAFailedRequestIfTheTraceIsNotSampled() {
        String unsampled = "4bf92f3577b34da6a3ce929d0e0e4736";
        get("/api/v1/cache/names/a", "00-" + unsampled + "-b7ad6b7169203331-00");
        assertThat(String.valueOf(cache.seenLast().headers().getFirst("traceparent")))
                .endsWith("-00");
        String failed = "5bf92f3577b34da6a3ce929d0e0e4736";
        cache.answers(Answer.json(500, "{}"));
        get("/api/v1/cache/names/a", "00-" + failed + "-b7ad6b7169203331-00");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(COLLECTOR.spansOf(failed)).hasSize(1));
        assertThat(COLLECTOR.spansOf(unsampled)).isEmpty();
    }

    @Test
    void keepsQueriesOutOfTheAccessLog() {
        client().get().uri("/ws?ticket=" + SECRET).exchange().expectStatus().isBadRequest();
        get("/api/v1/cache/names/a?name=" + SECRET, "00-6bf92f3577b34da6a3ce929d0e0e4736-b7ad6b7169203331-00");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(logs.lines())
                        .anyMatch(line -> line.contains("GET /api/v1/cache/names/a 200 ")
                                && line.contains("6bf92f3577b34da6a3ce929d0e0e4736")));
        assertThat(logs.lines()).noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void keepsTokensInPathsOutOfTheAccessLog() {
        String token = "fds_17_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";
        client().get()
                .uri("/api/v1/cache/names/" + token)
                .exchange()
                .expectStatus()
                .isBadRequest();

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(logs.lines()).anyMatch(line -> line.contains("GET /token-in-url 400 ")));
        assertThat(logs.lines()).noneMatch(line -> line.contains(token));
        assertThat(COLLECTOR.spans()).noneMatch(span -> span.text().contains(token));
    }

    private void get(String uri, String traceparent) {
        client().get()
                .uri(uri)
                .header("traceparent", traceparent)
                .exchange()
                .expectBody()
                .returnResult();
    }
}
