package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.CacheClient.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.cache.CacheClient;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.WithServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** Entries that were loaded, and are kept for longer than they are valid. */
@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "management.server.port=0")
@Import({CacheClient.class, StoredEntries.class})
@WithServers(REDIS_CLUSTER)
class LoadedEntriesIT {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final String TOKEN = "token";

    private final EntryLoads loads;
    private final StoredEntries stored;
    private final TenantId tenant = new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
    private final Owner owner = new Owner.Application(tenant);
    private final EntryName name = new EntryName("n", "k");
    private final Loaded loaded = new Loaded(Instant.now(), Duration.ofMillis(10), null, null);
    private final CacheClient.Calls api;

    LoadedEntriesIT(@Autowired CacheClient client, @Autowired EntryLoads loads, @Autowired StoredEntries stored) {
        this.api = client.as(application(tenant));
        this.loads = loads;
        this.stored = stored;
    }

    private void load(String number) {
        assertThat(lease(null)).isInstanceOf(EntryLoads.Lease.Given.class);
        var entry = Entry.of("application/json", number.getBytes(StandardCharsets.UTF_8));
        assertThat(loads.store(owner, name, TOKEN, entry, Set.of(), new EntryLoads.Times(TTL, KEPT), loaded, false)
                        .block())
                .isEqualTo(EntryLoads.Stored.STORED);
    }

    private EntryLoads.Lease lease(@Nullable Loaded early) {
        return requireNonNull(
                loads.lease(owner, name, TOKEN, Duration.ofSeconds(10), early).block());
    }

    private Duration timeToLive() {
        return stored.timeToLive(tenant + ":cache:app:n:k");
    }

    @Test
    void areKeptAfterTheyHaveExpired() {
        load("5");

        assertThat(timeToLive()).isGreaterThan(KEPT);
    }

    @Test
    void expireAsTheyWouldHaveOnceAClientCounts() {
        load("5");

        api.post("n/k/increment", "{}").expect(200);

        assertThat(timeToLive()).isPositive().isLessThanOrEqualTo(TTL);
        assertThat(stored.counted(tenant.value())).isEqualTo(stored.indexed(tenant.value()));
    }

    @Test
    void areLoadedAgainBeforeTheyExpireOnlyByThoseWhoSawThem() {
        load("5");

        assertThat(lease(null)).isInstanceOf(EntryLoads.Lease.Found.class);
        assertThat(lease(new Loaded(Instant.EPOCH, Duration.ZERO, null, null)))
                .isInstanceOf(EntryLoads.Lease.Found.class);
        assertThat(lease(loaded)).isInstanceOf(EntryLoads.Lease.Given.class);

        api.put("n/k", "7").expect(204);
        assertThat(lease(loaded)).isInstanceOf(EntryLoads.Lease.Found.class);
    }

    @Test
    void aLeaseThatIsGivenBackCanBeTakenAtOnce() {
        assertThat(lease(null)).isInstanceOf(EntryLoads.Lease.Given.class);
        assertThat(lease(null)).isInstanceOf(EntryLoads.Lease.Taken.class);

        loads.fail(owner, name, TOKEN, Duration.ZERO).block();

        assertThat(lease(null)).isInstanceOf(EntryLoads.Lease.Given.class);
    }
}
