package dev.frontdesk.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testsupport.metrics.Scrape;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

@RunningService
class MetricsIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Autowired
    private Environment environment;

    @Test
    void publishesMetrics() {
        Scrape scrape = Scrape.of(environment);

        assertThat(scrape.names())
                .contains(
                        "application_ready_time_seconds",
                        "frontdesk_cleanup_rows_total",
                        "frontdesk_event_loop_blocked_seconds",
                        "frontdesk_event_loop_delay_seconds_max",
                        "frontdesk_http_pool_pending",
                        "frontdesk_notification_codes_held",
                        "frontdesk_notification_codes_holds_total",
                        "frontdesk_threads_queued",
                        "jvm_memory_used_bytes",
                        "process_cpu_usage",
                        "r2dbc_pool_acquired_connections",
                        "r2dbc_pool_pending_connections");
        assertThat(scrape.series())
                .contains(
                        "frontdesk_event_loop_blocked_seconds{loops=\"http\"}",
                        "frontdesk_event_loop_blocked_seconds{loops=\"postgres\"}",
                        "frontdesk_event_loop_blocked_seconds{loops=\"redis\"}",
                        "frontdesk_event_loop_blocked_seconds{loops=\"webhooks\"}",
                        "frontdesk_http_pool_pending{pool=\"webhooks\"}");
    }

    @Test
    void readsTheQueues() {
        await().atMost(LONG).untilAsserted(() -> {
            Scrape scrape = Scrape.of(environment);
            assertThat(scrape.series().stream().filter(it -> it.startsWith("frontdesk_notification_jobs_")))
                    .hasSize(2 * 8)
                    .allSatisfy(it -> assertThat(scrape.value(it)).isNotNegative());
        });
    }
}
