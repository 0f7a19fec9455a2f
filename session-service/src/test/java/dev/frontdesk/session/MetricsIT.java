package dev.frontdesk.session;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testsupport.metrics.Scrape;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

@RunningSessionService
@WithServers({REDIS, KAFKA})
class MetricsIT {

    @Autowired
    private Environment environment;

    @Test
    void publishesMetrics() {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Scrape scrape = Scrape.of(environment);
            assertThat(scrape.value("frontdesk_outbox_age_seconds{outbox=\"session-outbox\"}"))
                    .isNotNegative();
            assertThat(scrape.value("frontdesk_outbox_events{outbox=\"session-outbox\"}"))
                    .isNotNegative();
        });
        assertThat(Scrape.of(environment).names())
                .contains(
                        "application_ready_time_seconds",
                        "frontdesk_event_loop_blocked_seconds",
                        "frontdesk_event_loop_delay_seconds_max",
                        "frontdesk_http_pool_connections",
                        "frontdesk_http_pool_pending",
                        "jvm_memory_used_bytes",
                        "process_cpu_usage");
    }
}
