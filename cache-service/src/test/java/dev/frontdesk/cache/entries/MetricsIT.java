package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.ACME;
import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.testsupport.metrics.OddRequests;
import dev.frontdesk.testsupport.metrics.Scrape;
import dev.frontdesk.testsupport.servers.WithServers;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

@RunningService
@WithServers(REDIS_CLUSTER)
class MetricsIT {

    @LocalServerPort
    private int port;

    @Autowired
    private Environment environment;

    @Autowired
    private IdentityAssertions identities;

    @Test
    void publishesMetrics() {
        assertThat(Scrape.of(environment).names())
                .contains(
                        "application_ready_time_seconds",
                        "application_started_time_seconds",
                        "frontdesk_event_loop_blocked_seconds",
                        "frontdesk_event_loop_delay_seconds_max",
                        "frontdesk_http_pool_pending",
                        "frontdesk_cache_reads_total",
                        "frontdesk_cache_writes_total",
                        "jvm_memory_used_bytes",
                        "process_cpu_usage");
    }

    @Test
    void aFloodOfOddRequestsAddsNoSeries() throws IOException {
        var requests =
                new OddRequests(port, "/%s", "/actuator/%s", "/api/v1/cache/names/%s", "/api/v1/cache/%s/a", "/%%zz%s");

        requests.addNoSeries(environment);
        requests.with(Headers.IDENTITY, identities.sign(application(ACME))).addNoSeries(environment);
    }
}
