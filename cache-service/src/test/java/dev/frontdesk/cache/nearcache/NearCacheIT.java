package dev.frontdesk.cache.nearcache;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** Two instances, both with copies. The copies may be a minute old: only announcements end them sooner. */
@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "management.server.port=0")
@Import(CacheClient.class)
@WithServers(REDIS_CLUSTER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NearCacheIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final String NEAR = "detail=near-cache";

    private final CacheClient client;
    private final TestEnvironment servers;
    private final CacheClient.Calls here;
    private final String namespace = "ns-" + UUID.randomUUID();
    private SecondInstance other;
    private CacheClient.Calls there;
    private String path = "";

    NearCacheIT(@Autowired CacheClient client, @Autowired TestEnvironment servers) {
        this.client = client;
        this.servers = servers;
        this.here = client.as(application(ACME));
    }

    @BeforeAll
    void startsAnother() {
        other = new SecondInstance(servers);
        there = client.at(application(ACME), other.port());
        here.set(namespace, "{\"near_cache_seconds\":60}").expect(201);
    }

    @AfterAll
    void stops() {
        other.close();
    }

    @BeforeEach
    void storesAnEntry() {
        path = namespace + "/" + UUID.randomUUID();
        here.put(path, "1").expect(201);
    }

    /** Until the instance answers from its copy. */
    private void isCopied(CacheClient.Calls instance) {
        await().until(() -> instance.get(path).header("Cache-Status").contains(NEAR));
    }

    @Test
    void answersFromTheCopy() {
        isCopied(there);

        var read = there.get(path).expect(200);

        assertThat(read.body()).isEqualTo("1");
        assertThat(read.header("Cache-Status")).matches("frontdesk; hit; ttl=\\d+; detail=near-cache");
        assertThat(read.header("Age")).matches("\\d+");
        there.send("GET", "cache/" + path, null, "If-None-Match", read.header("ETag")).expect(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"put", "delete", "mset", "increment", "ttl", "namespace", "tag", "pattern"})
    void aChangeEndsTheCopiesOfAll(String how) {
        isCopied(here);
        isCopied(there);
        String key = path.substring(namespace.length() + 1);

        switch (how) {
            case "put" -> here.put(path, "2").expect(204);
            case "delete" -> here.delete(path).expect(204);
            case "mset" -> here.post(namespace + "/mset", "{\"entries\":[{\"key\":\"%s\",\"value\":2}]}".formatted(key))
                    .expect(200);
            case "increment" -> here.post(path + "/increment", "{}").expect(200);
            case "ttl" -> here.send(
                            "PATCH", "cache/" + path + "/ttl", "{\"ttl_seconds\":77}", "Content-Type", "application/json")
                    .expect(200);
            case "namespace" -> here.post(namespace + "/invalidate", "{}").expect(204);
            case "tag" -> here.post(namespace + "/invalidate", "{\"tags\":[\"any\"]}").expect(204);
            default -> here.delete(namespace + "?pattern=*").expect(200);
        }

        var own = here.get(path);
        assertThat(own.header("Cache-Status")).doesNotContain(NEAR);
        await().until(() -> there.get(path).body().equals(own.body())
                && there.get(path).status() == own.status()
                && !there.get(path).header("Cache-Status").contains("ttl=3599"));
        if (!how.equals("ttl") && !how.equals("tag")) {
            assertThat(own.body()).isNotEqualTo("1");
        }
    }

    @Test
    void accountsHaveNoCopies() {
        var account = client.as(session(ACME, UUID.randomUUID()));
        account.put(path, "own").expect(201);

        account.get(path).expect(200);

        assertThat(account.get(path).expect(200).header("Cache-Status")).isEmpty();
    }

    @Test
    void tenantsHaveTheirOwnCopies() {
        isCopied(here);
        var stranger = client.as(application(new TenantId("other")));
        stranger.set(namespace, "{\"near_cache_seconds\":60}");

        stranger.get(path).expect(404);
    }

    @Test
    void aNamespaceWithoutSettingsHasNoCopies() {
        String strict = "ns-" + UUID.randomUUID() + "/k";
        here.put(strict, "1").expect(201);
        here.get(strict).expect(200);

        assertThat(here.get(strict).expect(200).header("Cache-Status")).isEmpty();
    }
}
