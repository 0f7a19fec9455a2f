package dev.frontdesk.cache.nearcache;

import static dev.frontdesk.cache.CacheClient.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.cache.CacheClient;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "management.server.port=0")
@Import(CacheClient.class)
@WithServers(own = REDIS)
class NearCacheOutageIT {

    private final CacheClient.Calls api;
    private final NearCache near;
    private final Redis redis;

    NearCacheOutageIT(@Autowired CacheClient client, @Autowired NearCache near, @Autowired Redis redis) {
        this.api = client.as(application(new TenantId("acme")));
        this.near = near;
        this.redis = redis;
    }

    @Test
    void servesCopiesWhileRedisIsAwayWhereTheNamespaceAllowsIt() {
        api.set("lenient", "{\"near_cache_seconds\":60,\"stale_if_error_seconds\":3600}").expect(201);
        api.set("strict", "{\"near_cache_seconds\":60}").expect(201);
        for (String namespace : new String[] {"lenient", "strict"}) {
            api.put(namespace + "/k", "1").expect(201);
            await().until(() -> api.get(namespace + "/k").header("Cache-Status").contains("near-cache"));
        }

        api.put("lenient/changed", "1").expect(201);
        await().until(() -> api.get("lenient/changed").header("Cache-Status").contains("near-cache"));
        api.put("lenient/changed", "2").expect(204);

        redis.stop();

        // The connection for announcements is lost a moment later: until then the copies are confirmed.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> api.get("lenient/k").header("Cache-Status").contains("redis-unavailable"));
        var read = api.get("lenient/k").expect(200);
        assertThat(read.body()).isEqualTo("1");
        assertThat(read.header("Age")).matches("\\d+");
        var refused = api.get("strict/k").expect(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        api.get("lenient/unknown").expect(503);
        api.get("lenient/changed").expect(503);
        api.put("lenient/k", "2").expect(503);

        redis.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> api.put("lenient/k", "3").status() < 300);
        assertThat(api.get("lenient/k").expect(200).body()).isEqualTo("3");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> api.get("lenient/k").header("Cache-Status").contains("near-cache"));
        assertThat(near.size()).isPositive();
    }
}
