package dev.frontdesk.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.testsupport.metrics.OddRequests;
import dev.frontdesk.testsupport.metrics.Scrape;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

class MetricsIT extends RunningGateway {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Autowired
    private Environment environment;

    @Test
    void publishesMetrics() {
        client().get().uri("/api/v1/cache/names/a").exchange().expectStatus().isOk();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(Scrape.of(environment)
                                .value("frontdesk_http_pool_connections{pool=\"routes\",state=\"idle\"}"))
                        .isPositive());
        assertThat(Scrape.of(environment).value("frontdesk_buffers_direct_bytes"))
                .isPositive();
        assertThat(Scrape.of(environment).names())
                .contains(
                        "application_ready_time_seconds",
                        "frontdesk_event_loop_blocked_seconds",
                        "frontdesk_event_loop_delay_seconds_max",
                        "frontdesk_http_pool_pending",
                        "http_server_requests_seconds_count",
                        "jvm_memory_used_bytes",
                        "process_cpu_usage",
                        "resilience4j_circuitbreaker_state");
    }

    @Test
    void aFloodOfOddRequestsAddsNoSeries() throws IOException {
        new OddRequests(
                        port,
                        "/%s",
                        "/?%s",
                        "/actuator/%s",
                        "/api/v1/%s",
                        "/api/v1/cache/names/%s",
                        "/api/v1/sessions/%s",
                        "/api/v1/queues/%s/leases",
                        "/ws?ticket=%s",
                        "/health?%s",
                        "/%%zz%s")
                .addNoSeries(environment);
    }
}
