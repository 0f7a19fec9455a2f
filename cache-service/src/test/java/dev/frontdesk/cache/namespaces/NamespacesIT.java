package dev.frontdesk.cache.namespaces;

import static dev.frontdesk.cache.CacheClient.application;
import static dev.frontdesk.cache.CacheClient.session;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.cache.CacheClient;
import dev.frontdesk.cache.SecondInstance;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "management.server.port=0")
@Import(CacheClient.class)
@WithServers(REDIS_CLUSTER)
class NamespacesIT {

    private final CacheClient client;
    private final TestEnvironment servers;
    private final TenantId tenant = new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
    private final CacheClient.Calls api;

    NamespacesIT(@Autowired CacheClient client, @Autowired TestEnvironment servers) {
        this.client = client;
        this.servers = servers;
        this.api = client.as(application(tenant));
    }

    private CacheClient.Answer show(String namespace) {
        return api.send("GET", "cache-namespaces/" + namespace, null);
    }

    private long ttl(String path) {
        return api.get(path + "/ttl").expect(200).json().path("ttl_seconds").asLong();
    }

    @ParameterizedTest
    @CsvSource({"session, 3600", "user, 1800", "rate, 60", "api, 300", "any, 3600"})
    void namedCachesAreReadyToUse(String namespace, int seconds) {
        api.put(namespace + "/k", "x").expect(201);

        assertThat(ttl(namespace + "/k")).isBetween(seconds - 30L, (long) seconds);
        assertThat(show(namespace).expect(200).json().path("default_ttl_seconds").asInt()).isEqualTo(seconds);
    }

    @Test
    void listsThoseWithSettings() {
        api.set("products", "{\"default_ttl_seconds\":300,\"max_ttl_seconds\":600}").expect(201);

        var list = api.send("GET", "cache-namespaces", null).expect(200).json().path("namespaces");

        assertThat(list.findValuesAsString("namespace")).containsExactly("api", "products", "rate", "session", "user");
        assertThat(client.as(application(new TenantId("other")))
                        .send("GET", "cache-namespaces", null)
                        .body())
                .doesNotContain("products");
    }

    @Test
    void settingsHoldForAllWrites() {
        api.set("products", "{\"default_ttl_seconds\":300,\"max_ttl_seconds\":600}").expect(201);

        api.put("products/put", "1").expect(201);
        api.post("products/mset", "{\"entries\":[{\"key\":\"mset\",\"value\":1}]}").expect(200);
        api.post("products/increment/increment", "{}").expect(200);
        for (String key : new String[] {"put", "mset", "increment"}) {
            assertThat(ttl("products/" + key)).as(key).isBetween(270L, 300L);
        }
        api.put("products/k?ttl_seconds=601", "1").expect(400);
        api.post("products/mset", "{\"ttl_seconds\":601,\"entries\":[{\"key\":\"m\",\"value\":1}]}").expect(400);
        api.post("products/i/increment", "{\"ttl_seconds\":601}").expect(400);
        api.send("PATCH", "cache/products/put/ttl", "{\"ttl_seconds\":601}", "Content-Type", "application/json")
                .expect(400);
        api.put("products/k?ttl_seconds=600", "1").expect(201);
        assertThat(api.get("products/m").status()).isEqualTo(404);
    }

    @Test
    void deletingThemBringsBackTheDefaults() {
        api.set("user", "{\"default_ttl_seconds\":60}").expect(201);
        api.set("user", "{\"default_ttl_seconds\":90}").expect(200);
        assertThat(show("user").json().path("default_ttl_seconds").asInt()).isEqualTo(90);

        api.send("DELETE", "cache-namespaces/user", null).expect(204);

        assertThat(show("user").json().path("default_ttl_seconds").asInt()).isEqualTo(1800);
        assertThat(api.send("DELETE", "cache-namespaces/user", null).status()).isEqualTo(404);
    }

    @Test
    void otherInstancesHearOfAChange() {
        try (var other = new SecondInstance(servers, "frontdesk.cache.namespaces.refresh=1h")) {
            var there = client.at(application(tenant), other.port());
            there.put("products/before", "1").expect(201);

            api.set("products", "{\"max_ttl_seconds\":5000,\"default_ttl_seconds\":5000}").expect(201);

            await().until(() -> there.put("products/k?ttl_seconds=5001", "1").status() == 400);
        }
    }

    @Test
    void sessionsNeitherSeeNorChangeThem() {
        var account = client.as(session(tenant, UUID.randomUUID()));

        account.send("GET", "cache-namespaces", null).expect(403);
        account.send("GET", "cache-namespaces/user", null).expect(403);
        account.set("user", "{}").expect(403);
        account.send("DELETE", "cache-namespaces/user", null).expect(403);
    }

    @Test
    void aTenantHasSettingsForSoManyNamespaces() {
        for (int i = 0; i < StoredNamespaces.MOST; i++) {
            api.set("n" + i, "{}").expect(201);
        }

        api.set("more", "{}").expect(409);
        api.set("n1", "{\"default_ttl_seconds\":60}").expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"default_ttl_seconds\":0}",
                "{\"default_ttl_seconds\":-1}",
                "{\"default_ttl_seconds\":1.5}",
                "{\"default_ttl_seconds\":99999999999999999999}",
                "{\"max_ttl_seconds\":60}",
                "{\"default_ttl_seconds\":61,\"max_ttl_seconds\":60}",
                "{\"when_full\":\"explode\"}",
                "{\"near_cache_seconds\":61}",
                "{\"stale_if_error_seconds\":86401}",
                "{\"unknown\":1}",
                "{\"origin\":{}}",
                "{\"origin\":{\"url\":\"https://example.com/\"}}",
                "{\"origin\":{\"url\":\"https://{key}.example.com/\"}}",
                "{\"origin\":{\"url\":\"https://example.com:{key}/\"}}",
                "{\"origin\":{\"url\":\"https://example.com@{key}/\"}}",
                "{\"origin\":{\"url\":\"http://example.com/{key}\"}}",
                "{\"origin\":{\"url\":\"ftp://example.com/{key}\"}}",
                "{\"origin\":{\"url\":\"https://127.0.0.1/{key}\"}}",
                "{\"origin\":{\"url\":\"https://10.0.0.1/{key}\"}}",
                "{\"origin\":{\"url\":\"https://169.254.169.254/{key}\"}}",
                "{\"origin\":{\"url\":\"https://[::1]/{key}\"}}",
                "{\"origin\":{\"url\":\"https://2130706433/{key}\"}}",
                "{\"origin\":{\"url\":\"https://localhost/{key}\"}}",
                "{\"origin\":{\"url\":\"https://redis.internal/{key}\"}}",
                "{\"origin\":{\"url\":\"https://example.com/{key}#x\"}}",
                "{\"origin\":{\"url\":\"https://example.com/{key}\",\"timeout_ms\":4001}}",
                "{\"origin\":{\"url\":\"https://example.com/{key}\",\"max_concurrent_loads\":0}}",
                "{\"origin\":{\"url\":\"https://example.com/{key}\",\"negative_ttl_seconds\":0}}",
                "{\"origin\":{\"url\":\"https://example.com/{key}\",\"headers\":{\"Host\":\"x\"}}}",
                "{\"origin\":{\"url\":\"https://example.com/{key}\",\"headers\":{\"X\":\"a\\r\\nY: b\"}}}",
                "{\"origin\":{\"url\":\"https://example.com/{key}\",\"headers\":{\"X Y\":\"a\"}}}",
                "{\"origin\":{\"url\":\"https://example.com/{key}\",\"headers\":{\"X\":\"a\",\"x\":\"b\"}}}",
                "{\"origin\":{\"url\":\"https://example.com/{key}\",\"headers\":{\"X\":null}}}",
                "[]",
                "null",
                ""
            })
    void refusesWhatItCantUse(String body) {
        var refused = api.set("products", body).expect(400);

        assertThat(refused.problem()).isIn("invalid-request", "malformed-request");
        assertThat(show("products").json().path("default_ttl_seconds").asInt()).isEqualTo(3600);
        assertThat(api.send("GET", "cache-namespaces", null).body()).doesNotContain("products");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPPER", "a%2Fb", "a;b", "..", "a%20b", "%00"})
    void refusesNamesThatAreNone(String namespace) {
        assertThat(api.set(namespace, "{}").status()).isBetween(400, 404);
    }
}
