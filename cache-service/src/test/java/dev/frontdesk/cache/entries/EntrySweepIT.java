package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.cache.entries.CacheApi.session;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.cache.entries.StoredEntries.Usage;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

@RunningService
@WithServers(REDIS_CLUSTER)
class EntrySweepIT {

    private final StoredEntries stored;
    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final CacheApi.Calls application;

    /** All its entries are in one partition. */
    private final CacheApi.Calls session;

    EntrySweepIT(@Autowired CacheApi api, @Autowired StoredEntries stored) {
        this.stored = stored;
        this.application = api.as(application(new TenantId(tenant)));
        this.session = api.as(session(new TenantId(tenant), UUID.randomUUID()));
    }

    @Test
    void countsKeysAndSizeOfATenantAndOfANamespace() {
        application.put("n/a", "x".repeat(16 * 100)).expectStatus().isCreated();
        application.put("m/b", "x").expectStatus().isCreated();
        session.put("n/a", "x").expectStatus().isCreated();

        assertThat(stored.counted(tenant).keys()).isEqualTo(3);
        assertThat(stored.counted(tenant, "n").keys()).isEqualTo(1);
        assertThat(stored.counted(tenant, "n").units()).isBetween(110L, 120L);
        assertThat(stored.counted(tenant)).isEqualTo(stored.indexed(tenant));
    }

    @Test
    void countsAnEntryNoMoreThatHasExpired() {
        application.put("n/a?ttl_seconds=1", "x").expectStatus().isCreated();
        application.put("n/b", "x").expectStatus().isCreated();

        untilCounted(1);

        assertThat(stored.counted(tenant, "n")).isEqualTo(stored.counted(tenant));
        assertThat(stored.counted(tenant)).isEqualTo(stored.indexed(tenant));
    }

    @Test
    void noticesATimeToLiveThatBecameShorter() {
        application.put("n/a?ttl_seconds=1000", "x").expectStatus().isCreated();
        application.patch("n/a/ttl", "{\"ttl_seconds\":1}").expectStatus().isOk();

        untilCounted(0);
    }

    @Test
    void noticesATimeToLiveThatBecameLonger() {
        application.put("n/a?ttl_seconds=2", "x").expectStatus().isCreated();
        application.put("n/b?ttl_seconds=2", "x").expectStatus().isCreated();
        application.patch("n/a/ttl", "{\"ttl_seconds\":1000}").expectStatus().isOk();

        untilCounted(1);

        application.get("n/a").expectStatus().isOk();
        application.get("n/b").expectStatus().isNotFound();
    }

    @Test
    void countsOnceWhatIsReplacedAfterItExpired() {
        for (int i = 0; i < 3; i++) {
            application.put("n/a?ttl_seconds=1", "x".repeat(500 * i));
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> application.get("n/a").expectStatus().isNotFound());
        }
        application.put("n/a", "x").expectStatus().isCreated();

        assertThat(stored.counted(tenant).keys()).isEqualTo(1);
        assertThat(stored.counted(tenant)).isEqualTo(stored.indexed(tenant));
    }

    /** More than one script removes; they differ in nothing, so that all have the same place in the index. */
    @Test
    void removesAllThatWereInvalidated() {
        for (String tens : new String[] {"0", "1", "2", "3"}) {
            session.post("n/mset", batch("k" + tens)).expectStatus().isOk();
        }
        session.post("m/mset", batch("k0")).expectStatus().isOk();
        assertThat(stored.counted(tenant).keys()).isEqualTo(500);

        session.post("n/invalidate", "{}").expectStatus().isNoContent();

        untilCounted(100);
        assertThat(stored.timesToLive().keySet())
                .filteredOn(key -> key.startsWith(tenant + ":cache:"))
                .hasSize(100)
                .allMatch(key -> key.contains(":m:k0"));
    }

    /** Those that stay are between them, at the same place in the index. */
    @Test
    void removesAllWithATagThatWasInvalidated() {
        for (int i = 0; i < 600; i++) {
            session.send(HttpMethod.PUT, "n/k%03d".formatted(i))
                    .header("Cache-Tag", i % 3 == 0 ? "a, b" : "b")
                    .bodyValue("x")
                    .exchange()
                    .expectStatus()
                    .isCreated();
        }
        session.post("n/invalidate", "{\"tags\":[\"a\"]}").expectStatus().isNoContent();

        untilCounted(400);

        session.get("n/k000").expectStatus().isNotFound();
        session.get("n/k001").expectStatus().isOk();
    }

    private static String batch(String prefix) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "{\"key\":\"%s%02d\",\"value\":1}".formatted(prefix, i))
                .collect(joining(",", "{\"entries\":[", "]}"));
    }

    private void untilCounted(long keys) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Usage counted = stored.counted(tenant);
            assertThat(counted.keys()).isEqualTo(keys);
            assertThat(counted).isEqualTo(stored.indexed(tenant));
        });
    }
}
