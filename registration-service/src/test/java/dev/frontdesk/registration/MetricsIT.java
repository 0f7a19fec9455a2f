package dev.frontdesk.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testsupport.metrics.Scrape;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
                        "frontdesk_registration_password_hashes_total",
                        "frontdesk_threads_active",
                        "frontdesk_threads_queued",
                        "jvm_memory_used_bytes",
                        "process_cpu_usage",
                        "r2dbc_pool_acquired_connections",
                        "r2dbc_pool_pending_connections");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "verification-outbox"})
    void readsTheOutboxes(String outbox) {
        await().atMost(LONG).untilAsserted(() -> {
            Scrape scrape = Scrape.of(environment);
            assertThat(scrape.value("frontdesk_outbox_age_seconds{outbox=\"" + outbox + "\"}"))
                    .isNotNegative();
            assertThat(scrape.value("frontdesk_outbox_events{outbox=\"" + outbox + "\"}"))
                    .isNotNegative();
        });
    }
}
