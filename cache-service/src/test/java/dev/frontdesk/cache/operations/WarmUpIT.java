package dev.frontdesk.cache.operations;

import static dev.frontdesk.cache.CacheClient.session;
import static dev.frontdesk.cache.operations.OperationsApi.ended;
import static dev.frontdesk.cache.operations.OperationsApi.id;
import static dev.frontdesk.cache.operations.OperationsApi.keys;
import static dev.frontdesk.cache.operations.OperationsApi.newTenant;
import static dev.frontdesk.cache.operations.OperationsApi.show;
import static dev.frontdesk.cache.operations.OperationsApi.warmUp;
import static dev.frontdesk.cache.origins.OriginServer.status;
import static dev.frontdesk.cache.origins.OriginServer.value;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.cache.CacheClient;
import dev.frontdesk.cache.CacheClient.Calls;
import dev.frontdesk.cache.entries.StoredEntries;
import dev.frontdesk.cache.origins.OriginServer;
import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@RunningOperations
@WithServers(REDIS_CLUSTER)
class WarmUpIT {

    private final CacheClient client;
    private final OperationsApi operations;
    private final StoredEntries stored;
    private final OriginServer origin = new OriginServer();
    private final TenantId tenant = newTenant();
    private final Calls api;

    WarmUpIT(@Autowired CacheClient client, @Autowired OperationsApi operations, @Autowired StoredEntries stored) {
        this.client = client;
        this.operations = operations;
        this.stored = stored;
        this.api = operations.as(tenant);
    }

    @AfterEach
    void close() {
        origin.close();
    }

    private void setOrigin(Calls calls) {
        calls.set("products", "{\"origin\":{\"url\":\"%s\"}}".formatted(origin.url("/{key}")))
                .expect(201);
    }

    private int requests(List<String> keys) {
        return keys.stream().mapToInt(key -> origin.received("/" + key).size()).sum();
    }

    @Test
    void loadsWhatIsMissing() {
        setOrigin(api);
        List<String> keys = keys(35);
        keys.forEach(key -> origin.answers("/" + key, value("value of " + key)));
        origin.answers("/k3", status(404, ""));
        origin.answers("/k7", status(500, ""));
        api.put("products/k11", "stored before").expect(201);

        var accepted = warmUp(api, "products", keys).expect(202).json();
        assertThat(accepted.path("kind").asString()).isEqualTo("warm-up");
        assertThat(accepted.path("namespace").asString()).isEqualTo("products");
        assertThat(accepted.path("state").asString()).isEqualTo("waiting");
        assertThat(accepted.path("total_count").asInt()).isEqualTo(35);
        assertThat(accepted.has("pattern")).isFalse();

        var ended = ended(api, accepted.path("id").asString());
        assertThat(ended.path("state").asString()).isEqualTo("done");
        assertThat(ended.path("total_count").asInt()).isEqualTo(35);
        assertThat(ended.path("done_count").asInt()).isEqualTo(35);
        assertThat(ended.path("loaded_count").asInt()).isEqualTo(32);
        assertThat(ended.path("failed_count").asInt()).isEqualTo(1);
        assertThat(ended.has("deleted_count")).isFalse();
        assertThat(requests(keys)).isEqualTo(34);
        assertThat(api.get("products/k30").expect(200).body()).isEqualTo("value of k30");
        assertThat(api.get("products/k11").expect(200).body()).isEqualTo("stored before");
        assertThat(api.get("products/k3").status()).isEqualTo(404);
        assertThat(requests(keys)).isEqualTo(34);
        assertThat(stored.counted(tenant.toString())).isEqualTo(stored.indexed(tenant.toString()));
    }

    @Test
    void tellsItsProgress() {
        setOrigin(api);
        var gate = new CountDownLatch(1);
        List<String> keys = keys(25);
        keys.forEach(key -> origin.answers("/" + key, value("x")));
        origin.answers("/k20", origin.after(gate, value("x")));

        String id = id(warmUp(api, "products", keys));
        var half = await().until(
                        () -> show(api, id).json(),
                        it -> it.path("done_count").asInt() == 20
                                && it.path("state").asString().equals("running"));
        assertThat(half.has("ended_at")).isFalse();
        gate.countDown();

        assertThat(ended(api, id).path("loaded_count").asInt()).isEqualTo(25);
    }

    /** Also with a read at the same time. */
    @Test
    void causesOneRequestForEachKey() {
        setOrigin(api);
        var gate = new CountDownLatch(1);
        List<String> keys = keys(5);
        keys.forEach(key -> origin.answers("/" + key, origin.after(gate, value("x"))));

        var read = api.sending("GET", "cache/products/k0", null);
        String first = id(warmUp(api, "products", keys));
        String second = id(warmUp(api, "products", keys));
        await().until(() -> requests(keys) == 5);
        gate.countDown();

        assertThat(read.join().expect(200).body()).isEqualTo("x");
        assertThat(ended(api, first).path("done_count").asInt()).isEqualTo(5);
        assertThat(ended(api, second).path("loaded_count").asInt()).isZero();
        assertThat(requests(keys)).isEqualTo(5);
    }

    @Test
    void endsWhenTheQuotaIsUsedUp() {
        var small = operations.as(new TenantId("small"));
        setOrigin(small);
        List<String> keys = keys(30);
        keys.forEach(key -> origin.answers("/" + key, value("x")));

        var ended = ended(small, id(warmUp(small, "products", keys)));

        assertThat(ended.path("state").asString()).isEqualTo("failed");
        assertThat(ended.path("detail").asString()).isEqualTo("The quota of the tenant is used up.");
        assertThat(requests(keys)).isLessThan(30);
    }

    @Test
    void refusesNamespacesWithoutAnOrigin() {
        var refused = warmUp(api, "products", List.of("a")).expect(409);

        assertThat(refused.problem()).isEqualTo("conflict");
        assertThat(refused.json().path("detail").asString()).contains("has no origin");
        nothingWasStarted();
    }

    @Test
    void isForApplicationsAlone() {
        setOrigin(api);
        var account = client.as(session(tenant, UUID.randomUUID()));
        var readers = client.as(key(Scope.Action.READ));

        warmUp(account, "products", List.of("a")).expect(403);
        warmUp(readers, "products", List.of("a")).expect(403);
        account.send("GET", "cache-operations", null).expect(403);
        nothingWasStarted();

        String id = id(warmUp(client.as(key(Scope.Action.WRITE)), "products", List.of("a")));
        show(account, id).expect(403);
        OperationsApi.cancel(account, id).expect(403);
        OperationsApi.cancel(readers, id).expect(403);
        show(readers, id).expect(200);
        id(warmUp(client.as(new Caller.Operator(tenant)), "products", List.of("a")));
        id(warmUp(
                client.as(new Caller.Account(
                        tenant, UUID.randomUUID(), UUID.randomUUID(), Set.of(Administrators.ROLE))),
                "products",
                List.of("a")));
    }

    private Caller key(Scope.Action action) {
        return new Caller.ApiKey(
                tenant, UUID.randomUUID(), new Scopes(List.of(new Scope(Scope.Area.CACHE, action))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"keys\":null}",
                "{\"keys\":[]}",
                "{\"keys\":[null]}",
                "{\"keys\":[1]}",
                "{\"keys\":[\"\"]}",
                "{\"keys\":[\"a/b\"]}",
                "{\"keys\":[\"..\"]}",
                "{\"keys\":[\"a\\u0000\"]}",
                "{\"keys\":[\"a\",\"b\",\"a\"]}",
                "{\"keys\":\"a\"}",
                "{\"keys\":[\"a\"],\"colour\":\"red\"}",
                "[]",
                "null",
                ""
            })
    void refusesWhatItCantUse(String body) {
        setOrigin(api);

        assertThat(api.post("products/warm-up", body).expect(400).problem())
                .isIn("invalid-request", "malformed-request");
        nothingWasStarted();
    }

    @Test
    void takesAThousandKeysAtMost() {
        setOrigin(api);
        // More than other requests may have.
        var keys = keys(1000).stream().map(key -> key + "k".repeat(100)).collect(Collectors.toCollection(ArrayList::new));
        String longest = "k".repeat(512);
        keys.set(0, longest);
        origin.answers("/" + longest, value("x"));

        assertThat(warmUp(api, "products", keys(1001)).expect(400).body()).contains("\"keys\"");
        keys.set(1, longest + "k");
        assertThat(warmUp(api, "products", keys).expect(400).body()).contains("keys[1]");
        nothingWasStarted();
        keys.set(1, "k1");
        var ended = ended(api, id(warmUp(api, "products", keys)));

        assertThat(ended.path("done_count").asInt()).isEqualTo(1000);
        assertThat(ended.path("loaded_count").asInt()).isEqualTo(1);
    }

    private void nothingWasStarted() {
        assertThat(operations
                        .as(tenant)
                        .send("GET", "cache-operations", null)
                        .expect(200)
                        .body())
                .isEqualTo("{\"operations\":[]}");
    }
}
