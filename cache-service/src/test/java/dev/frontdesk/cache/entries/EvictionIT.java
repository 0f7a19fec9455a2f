package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.CacheClient.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.cache.CacheClient;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** A tenant whose quota is used up by a namespace that lets old entries go, and by one that does not. */
@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        properties = {"management.server.port=0", "frontdesk.cache.quotas.size=200KB"})
@Import({CacheClient.class, StoredEntries.class})
@WithServers(REDIS_CLUSTER)
class EvictionIT {

    private static final int QUOTA = 200 * 1024;
    private static final int WRITTEN = 1000;
    private static final String VALUE = "x".repeat(800);

    private final CacheClient client;
    private final StoredEntries stored;

    EvictionIT(@Autowired CacheClient client, @Autowired StoredEntries stored) {
        this.client = client;
        this.stored = stored;
    }

    @Test
    void whatWouldExpireFirstGoesFirst() {
        var api = client.as(application(new TenantId("evicting")));
        api.set("lru", "{\"when_full\":\"evict\"}").expect(201);
        api.put("kept/k", VALUE).expect(201);

        int refused = 0;
        for (int i = 0; i < WRITTEN; i++) {
            // Each one is to last longer than those before.
            int status = api.put("lru/" + i + "?ttl_seconds=" + (1000 + i), VALUE).status();
            refused += status == 507 ? 1 : 0;
        }

        var counted = stored.counted("evicting");
        assertThat(counted).isEqualTo(stored.indexed("evicting"));
        assertThat(counted.units() * 16L).isBetween(QUOTA * 85L / 100, QUOTA * 105L / 100);
        assertThat(api.get("lru/0").status()).isEqualTo(404);
        assertThat(api.get("lru/" + (WRITTEN - 1)).status()).isEqualTo(200);
        api.get("kept/k").expect(200);
        // Only where a partition has no entry of the namespace yet.
        assertThat(refused).isLessThan(64);
    }

    @Test
    void aBatchIsStoredWholeOrNothingGoes() {
        var api = client.as(application(new TenantId("batching")));
        api.set("lru", "{\"when_full\":\"evict\"}").expect(201);
        for (int i = 0; i < WRITTEN / 2; i++) {
            api.put("lru/" + i, VALUE);
        }

        for (int batch = 0; batch < 20; batch++) {
            String entries = IntStream.range(batch * 10, batch * 10 + 30)
                    .mapToObj(i -> "{\"key\":\"%d\",\"text\":\"%s\"}".formatted(i, VALUE + i))
                    .collect(Collectors.joining(","));
            assertThat(api.post("lru/mset", "{\"entries\":[" + entries + "]}").status()).isIn(200, 507);
        }

        var counted = stored.counted("batching");
        assertThat(counted).isEqualTo(stored.indexed("batching"));
        assertThat(counted.units() * 16L).isLessThan(QUOTA * 105L / 100);
    }

    @Test
    void aBatchTakesThePlaceOfNoMoreThanItNeeds() {
        var tenant = new TenantId("exact");
        var api = client.as(application(tenant));
        api.set("lru", "{\"when_full\":\"evict\"}").expect(201);
        var owner = new Owner.Application(tenant);
        var first = CacheKeys.partition(owner, new EntryName("lru", "1000"));
        var keys = IntStream.range(1000, 9000)
                .mapToObj(Integer::toString)
                .filter(key -> CacheKeys.partition(owner, new EntryName("lru", key)).equals(first))
                .limit(8)
                .toList();
        keys.subList(0, 6).forEach(key -> api.put("lru/" + key, VALUE).expect(201));
        int status = 201;
        for (int i = 0; status == 201 && i < WRITTEN; i++) {
            status = api.put("kept/" + i, VALUE).status();
        }
        assertThat(status).isEqualTo(507);

        api.post(
                        "lru/mset",
                        keys.subList(6, 8).stream()
                                .map(key -> "{\"key\":\"%s\",\"text\":\"%s\",\"content_type\":\"text/plain\"}"
                                        .formatted(key, "x".repeat(700)))
                                .collect(Collectors.joining(",", "{\"entries\":[", "]}")))
                .expect(200);

        assertThat(keys.stream().filter(key -> api.get("lru/" + key).status() == 200))
                .hasSize(6)
                .contains(keys.get(6), keys.get(7));
    }

    @Test
    void whereTheNamespaceDoesNotSaySoNothingGoes() {
        var api = client.as(application(new TenantId("refusing")));

        int status = 201;
        int stored = 0;
        while (status == 201 && stored < WRITTEN) {
            status = api.put("n/" + stored++, VALUE).status();
        }

        assertThat(status).isEqualTo(507);
        api.get("n/0").expect(200);
    }
}
