package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.CacheClient.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.cache.CacheClient;
import dev.frontdesk.cache.SecondInstance;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** Many clients of one tenant fill its quota at two instances at once. */
@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        properties = {"management.server.port=0", QuotaOfTwoInstancesIT.SIZE})
@Import({CacheClient.class, StoredEntries.class})
@WithServers(REDIS_CLUSTER)
class QuotaOfTwoInstancesIT {

    static final String SIZE = "frontdesk.cache.quotas.size=2MB";

    private static final long QUOTA = 2L << 20;
    private static final int WRITERS = 8;
    private static final TenantId TENANT = new TenantId("filling");
    private static final String VALUE = "x".repeat(1000);
    private static final int QUOTA_EXCEEDED = 507;

    private final CacheClient client;
    private final StoredEntries stored;
    private final TestEnvironment servers;

    QuotaOfTwoInstancesIT(
            @Autowired CacheClient client, @Autowired StoredEntries stored, @Autowired TestEnvironment servers) {
        this.client = client;
        this.stored = stored;
        this.servers = servers;
    }

    @Test
    void isExactWithinFivePercent() {
        try (var other = new SecondInstance(servers, SIZE);
                var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = IntStream.range(0, WRITERS)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> fill(
                                    i % 2 == 0
                                            ? client.as(application(TENANT))
                                            : client.at(application(TENANT), other.port()),
                                    i),
                            writers))
                    .toList();
            work.forEach(CompletableFuture::join);
        }

        var counted = stored.counted(TENANT.value());
        assertThat(counted).isEqualTo(stored.indexed(TENANT.value()));
        assertThat(counted.units() * 16).isBetween(QUOTA * 95 / 100, QUOTA * 105 / 100);
    }

    /** Until nothing more is stored. */
    private static void fill(CacheClient.Calls instance, int writer) {
        int status = 201;
        for (int i = 0; status == 201 && i < QUOTA / VALUE.length(); i++) {
            status = instance.put("n/" + writer + "-" + i, VALUE).status();
        }
        assertThat(status).isEqualTo(QUOTA_EXCEEDED);
    }
}
