package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.cache.entries.CacheApi.session;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningService
@WithServers(REDIS_CLUSTER)
class StatisticsIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** No other test counts for it. */
    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));

    private final CacheApi api;
    private final CacheApi.Calls key;
    private final ReactiveStringRedisTemplate redis;
    private final String counts;

    StatisticsIT(@Autowired CacheApi api, @Autowired ReactiveStringRedisTemplate redis, @Autowired KeySpace keys) {
        this.api = api;
        this.redis = redis;
        this.counts = keys.key(tenant, "cache-statistics", Partition.of(tenant), "total");
        this.key = api.as(new Caller.ApiKey(tenant, UUID.randomUUID(), Scopes.known(List.of("cache:write"))));
    }

    private JsonNode shown(CacheApi.Calls calls) {
        BodyContentSpec body = calls.get("stats").expectStatus().isOk().expectBody();
        return JsonMapper.shared().readTree(body.returnResult().getResponseBody());
    }

    private JsonNode awaited(long hits, long misses) {
        await().atMost(LONG)
                .until(() -> shown(key).path("hits").asLong() == hits
                        && shown(key).path("misses").asLong() == misses);
        return shown(key);
    }

    @Test
    void countsReadsAndWhatIsThere() {
        key.put("menu/a", "x".repeat(1000));
        key.put("menu/b", "x");
        key.put("prices/a", "x".repeat(5000));
        key.get("menu/a");
        key.get("menu/a");
        key.get("menu/missing");
        key.get("prices/a");
        var ada = api.as(session(tenant, UUID.randomUUID()));
        ada.put("menu/hers", "x");
        ada.get("menu/hers");
        ada.get("menu/a").expectStatus().isNotFound();
        key.get("menu/a/ttl");

        JsonNode shown = awaited(4, 2);

        assertThat(shown.get("total_keys").asLong()).isEqualTo(4);
        assertThat(shown.get("total_bytes").asLong()).isBetween(6000 + 4 * 208L, 6000 + 4 * 280L);
        assertThat(shown.get("hit_rate").asDouble()).isEqualTo(0.6667);
        assertThat(shown.get("account_reads")).hasToString("{\"hits\":1,\"misses\":1}");
        assertThat(shown.get("namespaces").findValuesAsString("namespace")).containsExactly("prices", "menu");
        JsonNode menu = shown.get("namespaces").get(1);
        assertThat(menu.get("key_count").asLong()).isEqualTo(2);
        assertThat(menu.get("hits").asLong()).isEqualTo(2);
        assertThat(menu.get("misses").asLong()).isEqualTo(1);
        assertThat(menu.get("hit_rate").asDouble()).isEqualTo(0.6667);
        assertThat(shown.has("redis")).isFalse();
    }

    @Test
    void forgetsWhatWasDeletedOrHasExpired() {
        key.put("menu/deleted", "x");
        key.put("menu/expired?ttl_seconds=1", "x");
        key.delete("menu/deleted");

        await().atMost(LONG).until(() -> shown(key).get("total_keys").asLong() == 0);
        assertThat(shown(key).get("total_bytes").asLong()).isZero();
    }

    @Test
    void isEmptyForATenantWithoutEntries() {
        JsonNode shown = shown(key);

        assertThat(shown.get("total_keys").asLong()).isZero();
        assertThat(shown.has("hit_rate")).isFalse();
        assertThat(shown.get("namespaces")).isEmpty();
    }

    @Test
    void showsWhichKeysAreReadMost() {
        key.put("menu/hot:ğ", "x");
        key.put("menu/warm", "x");
        var ada = api.as(session(tenant, UUID.randomUUID()));
        // A sample: none of them is looked at in one of 10^8 runs.
        for (int i = 0; i < 300; i++) {
            key.get("menu/hot:%C4%9F");
            ada.get("menu/private");
        }
        key.get("menu/warm");

        await().atMost(LONG).until(() -> !shown(key).get("hot_keys").isEmpty());
        JsonNode hot = shown(key).get("hot_keys");
        assertThat(hot.get(0).get("namespace").asString()).isEqualTo("menu");
        assertThat(hot.get(0).get("key").asString()).isEqualTo("hot:ğ");
        assertThat(hot.get(0).get("reads_per_second").asDouble()).isPositive();
        assertThat(hot.findValuesAsString("key")).doesNotContain("private");
    }

    @Test
    void isMeasuredOnceForAFewSeconds() {
        JsonNode first = shown(key);
        key.put("menu/a", "x");

        await().atMost(LONG).until(() -> shown(key).get("total_keys").asLong() == 1);
        assertThat(Instant.parse(shown(key).get("measured_at").asString()))
                .isAfter(Instant.parse(first.get("measured_at").asString()).plusSeconds(2));
    }

    @Test
    void countsNewNamespacesInPlaceOfUnusedOnes() {
        key.put("menu/a", "x");
        key.get("menu/a");
        awaited(1, 0);
        var full = new HashMap<String, String>(Map.of("namespaces", "200"));
        for (int i = 1; i < 200; i++) {
            full.put("n" + i + ":hits", "1");
            full.put("n" + i + ":misses", "0");
            full.put("n" + i + ":used", i == 1 ? "1" : "99999999999");
        }
        redis.opsForHash().putAll(counts, full).block(LONG);

        key.get("prices/a");
        awaited(200, 1);
        key.get("others/a");
        awaited(200, 2);

        Map<Object, Object> fields =
                redis.opsForHash().entries(counts).collectMap(Map.Entry::getKey, Map.Entry::getValue).block(LONG);
        assertThat(fields)
                .containsEntry("prices:misses", "1")
                .doesNotContainKeys("n1:hits", "n1:used", "others:misses")
                .containsEntry("others*:hits", "1")
                .containsEntry("others*:misses", "1")
                .containsEntry("namespaces", "200");
    }

    @Test
    void showsRedisToTheOperatorAlone() {
        key.put("menu/a", "x");
        JsonNode redis = shown(api.as(application(tenant))).get("redis");

        assertThat(redis.get("masters").asInt()).isEqualTo(3);
        assertThat(redis.get("unreachable").asInt()).isZero();
        assertThat(redis.get("used_memory_bytes").asLong()).isPositive();
        assertThat(redis.get("databases").get("db0").asLong()).isPositive();
        api.as(session(tenant, UUID.randomUUID())).get("stats").expectStatus().isForbidden();
    }
}
