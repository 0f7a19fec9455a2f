package dev.frontdesk.cache.namespaces;

import static dev.frontdesk.cache.CacheClient.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.cache.CacheClient;
import dev.frontdesk.cache.SecondInstance;
import dev.frontdesk.cache.origins.OriginServer;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        properties = {"management.server.port=0", KeyRotationIT.LOCAL_ORIGINS})
@Import(CacheClient.class)
@WithServers(REDIS_CLUSTER)
class KeyRotationIT {

    static final String LOCAL_ORIGINS = "frontdesk.cache.namespaces.allowed-networks=127.0.0.1";

    private static final TenantId TENANT = new TenantId("rotating");
    private static final String NEXT_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final CacheClient client;
    private final TestEnvironment servers;

    KeyRotationIT(@Autowired CacheClient client, @Autowired TestEnvironment servers) {
        this.client = client;
        this.servers = servers;
    }

    @Test
    void headersOfOriginsOutliveAChangeOfTheKey() {
        try (var origin = new OriginServer()) {
            origin.answers("/a", OriginServer.value("a"));
            origin.answers("/b", OriginServer.value("b"));
            origin.answers("/c", OriginServer.value("c"));
            client.as(application(TENANT))
                    .set(
                            "n",
                            "{\"origin\":{\"url\":\"%s\",\"headers\":{\"X-Key\":\"s3cret\"}}}"
                                    .formatted(origin.url("/{key}")))
                    .expect(201);

            try (var second = new SecondInstance(
                    servers,
                    LOCAL_ORIGINS,
                    "frontdesk.cache.key=" + NEXT_KEY,
                    "frontdesk.cache.accepted-key=" + servers.variable("FRONTDESK_CACHE_KEY"))) {
                client.at(application(TENANT), second.port()).get("n/a").expect(200);
            }
            try (var third = new SecondInstance(servers, LOCAL_ORIGINS, "frontdesk.cache.key=" + NEXT_KEY)) {
                client.at(application(TENANT), third.port()).get("n/b").expect(200);
            }
            assertThat(origin.received("/b").getFirst().header("X-key")).isEqualTo("s3cret");

            try (var wrong = new SecondInstance(servers, LOCAL_ORIGINS)) {
                client.at(application(TENANT), wrong.port()).get("n/c").expect(404);
            }
            assertThat(origin.received("/c")).isEmpty();
        }
    }
}
