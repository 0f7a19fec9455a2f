package dev.frontdesk.registration.outages;

import static dev.frontdesk.registration.Visitor.json;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.POSTGRES;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.gateways.GatewayDocumentKeys;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.registration.Fixtures;
import dev.frontdesk.registration.Members;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Redis;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Documents of gateways while Redis is away, and after it has lost its data. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@WithServers(
        value = {POSTGRES, KAFKA},
        own = REDIS)
@Import(Fixtures.class)
@ConcurrentTestClass
class GatewayDocumentOutageIT {

    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");
    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private Members members;

    @Autowired
    private Redis redis;

    @Autowired
    private ReactiveStringRedisTemplate template;

    @Autowired
    private KeySpace keys;

    @Test
    void changesADocumentWithoutRedisAndCopiesItAgain() {
        JsonNode keysOfGateways = put(GatewayDocument.SIGNING_KEYS, 0, "{\"b\":1}");
        put(GatewayDocument.ROUTES, 0, "{\"a\":1}");

        // It starts again without its data.
        redis.stop();
        JsonNode routes = put(GatewayDocument.ROUTES, 1, "{\"a\":2}");
        redis.start();

        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(copied(GatewayDocument.ROUTES)).isEqualTo(routes));
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(copied(GatewayDocument.SIGNING_KEYS)).isEqualTo(keysOfGateways));
    }

    private JsonNode put(String name, long basedOn, String content) {
        return json(members.send(
                        HttpMethod.PUT,
                        GatewayDocument.PATH + "/" + name,
                        GATEWAY,
                        Map.of("based_on", basedOn, "content", content))
                .expectStatus()
                .isOk());
    }

    private JsonNode copied(String name) {
        return new JsonMapper()
                .readTree(template.<String, String>opsForHash()
                        .get(GatewayDocumentKeys.copy(keys), name)
                        .blockOptional(SOON)
                        .orElseThrow());
    }
}
