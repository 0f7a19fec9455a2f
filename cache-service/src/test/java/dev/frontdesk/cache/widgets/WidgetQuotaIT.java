package dev.frontdesk.cache.widgets;

import static dev.frontdesk.cache.widgets.WidgetsApi.application;
import static dev.frontdesk.cache.widgets.WidgetsApi.session;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Widgets count as entries, here with a small quota and a short time to live. */
@RunningWidgets
@WithServers(REDIS_CLUSTER)
@TestPropertySource(
        properties = {
            "frontdesk.cache.quotas.size=100KB",
            "frontdesk.cache.quotas.keys=20",
            "frontdesk.cache.widgets.data-ttl=1s",
        })
class WidgetQuotaIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));

    private final WidgetsApi api;
    private final WidgetsApi.Calls key;

    WidgetQuotaIT(@Autowired WidgetsApi api) {
        this.api = api;
        this.key = api.as(application(tenant));
    }

    private static String text(int kilobytes) {
        return "\"" + "x".repeat(kilobytes * 1024) + "\"";
    }

    private JsonNode statistics() {
        return key.send("GET", "cache/stats", "").expect(200).json();
    }

    @Test
    void countInTheQuota() {
        for (int i = 0; i < 9; i++) {
            key.put(i + "/state", "{\"data\":" + text(10) + "}").expect(201);
        }

        assertThat(key.put("9/state", "{\"data\":" + text(10) + "}").expect(507).problem())
                .isEqualTo("quota-exceeded");
        key.patch("9/state", "{\"data\":" + text(10) + "}").expect(507);
        key.put("9/data", text(10)).expect(507);
        key.get("9/state").expect(404);
        api.as(session(tenant, UUID.randomUUID()))
                .put("mine/state", "{\"data\":" + text(10) + "}")
                .expect(507);
        // What is there may change, unless it grows.
        key.patch("0/state", "{\"data\":1}").expect(200);
        key.patch("1/state", "{\"config\":" + text(20) + "}").expect(507);
        assertThat(key.get("1/state").json().has("config")).isFalse();
    }

    @Test
    void countInTheStatistics() {
        key.put("a/state", "{\"data\":" + text(2) + "}").expect(201);
        key.patch("a/state", "{\"config\":" + text(3) + "}").expect(200);
        key.get("a/state").expect(200);
        key.get("missing/state").expect(404);

        await().atMost(LONG)
                .until(() -> statistics().path("hits").asLong() == 1
                        && statistics().path("misses").asLong() == 1);

        JsonNode shown = statistics();
        assertThat(shown.get("total_keys").asLong()).isEqualTo(1);
        assertThat(shown.get("total_bytes").asLong()).isBetween(5 * 1024L + 208, 5 * 1024L + 400);
        assertThat(shown.at("/namespaces/0/namespace").asString()).isEqualTo("~widget-state");
        assertThat(shown.at("/namespaces/0/key_count").asLong()).isEqualTo(1);
    }

    @Test
    void countNoMoreWhenTheyAreDeletedOrHaveExpired() {
        key.put("a/state", "{\"data\":1}").expect(201);
        key.put("a/data", "1").expect(201);
        key.delete("a/state").expect(204);

        await().atMost(LONG).until(() -> statistics().get("total_keys").asLong() == 0);
        assertThat(statistics().get("total_bytes").asLong()).isZero();
        key.get("a/data").expect(404);
    }
}
