package dev.frontdesk.cache.operations;

import static dev.frontdesk.cache.CacheClient.session;
import static dev.frontdesk.cache.operations.OperationsApi.ended;
import static dev.frontdesk.cache.operations.OperationsApi.id;
import static dev.frontdesk.cache.operations.OperationsApi.keys;
import static dev.frontdesk.cache.operations.OperationsApi.newTenant;
import static dev.frontdesk.cache.operations.OperationsApi.store;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.cache.CacheClient;
import dev.frontdesk.cache.CacheClient.Calls;
import dev.frontdesk.cache.entries.StoredEntries;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@RunningOperations
@WithServers(REDIS_CLUSTER)
class LargeDeletionIT {

    private final CacheClient client;
    private final StoredEntries stored;
    private final TenantId tenant = newTenant();
    private final Calls api;

    LargeDeletionIT(
            @Autowired CacheClient client, @Autowired OperationsApi operations, @Autowired StoredEntries stored) {
        this.client = client;
        this.stored = stored;
        this.api = operations.as(tenant);
    }

    @Test
    void continuesInTheBackground() {
        store(api, "n", IntStream.range(0, 3000).mapToObj(i -> "user:" + i).toList());
        store(api, "n", keys(500));
        store(api, "other", IntStream.range(0, 50).mapToObj(i -> "user:" + i).toList());
        var account = client.as(session(tenant, UUID.randomUUID()));
        account.put("n/user:1", "hers").expect(201);

        var accepted = api.delete("n?pattern=user:*").expect(202).json();
        assertThat(accepted.path("kind").asString()).isEqualTo("deletion");
        assertThat(accepted.path("pattern").asString()).isEqualTo("user:*");
        assertThat(accepted.path("total_count").asInt()).isEqualTo(3500);

        var ended = ended(api, accepted.path("id").asString());
        assertThat(ended.path("state").asString()).isEqualTo("done");
        assertThat(ended.path("deleted_count").asInt()).isEqualTo(3000);
        assertThat(ended.path("done_count").asInt()).isEqualTo(3500);
        assertThat(ended.has("loaded_count")).isFalse();
        assertThat(ended.has("failed_count")).isFalse();
        assertThat(stored.counted(tenant.toString(), "n").keys()).isEqualTo(500);
        assertThat(stored.counted(tenant.toString()).keys()).isEqualTo(551);
        assertThat(stored.counted(tenant.toString())).isEqualTo(stored.indexed(tenant.toString()));
        assertThat(stored.timesToLive().keySet())
                .filteredOn(key -> key.startsWith(tenant + ":cache:app:n:"))
                .hasSize(500);
        assertThat(account.get("n/user:1").expect(200).body()).isEqualTo("hers");
    }

    @Test
    void isDoneAtOnceInASmallNamespace() {
        store(api, "n", keys(100));

        assertThat(api.delete("n?pattern=k*").expect(200).body()).isEqualTo("{\"deleted\":100}");
        assertThat(api.send("GET", "cache-operations", null).body()).isEqualTo("{\"operations\":[]}");
    }

    @Test
    void isDoneAtOnceForAccounts() {
        var account = client.as(session(tenant, UUID.randomUUID()));
        store(account, "n", keys(101));
        store(api, "n", keys(101));

        assertThat(account.delete("n?pattern=*").expect(200).body()).isEqualTo("{\"deleted\":101}");
        assertThat(stored.counted(tenant.toString(), "n").keys()).isEqualTo(101);
        id(api.delete("n?pattern=*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pattern=", "pattern=%5B", "pattern=a%5C", "pattern=a&pattern=b", "pattern=a&x=1"})
    void refusesPatternsBeforeAnythingIsDone(String query) {
        store(api, "n", keys(101));

        api.delete("n?" + query).expect(400);

        assertThat(api.send("GET", "cache-operations", null).body()).isEqualTo("{\"operations\":[]}");
        assertThat(stored.counted(tenant.toString()).keys()).isEqualTo(101);
    }
}
