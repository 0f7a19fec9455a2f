package dev.frontdesk.registration.gateways;

import static dev.frontdesk.registration.Visitor.json;
import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.gateways.GatewayDocumentKeys;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How gateways learn of a changed document. */
@RunningService
class GatewayDocumentCopiesIT {

    private static final String DOCUMENTS = "/internal/gateway-documents/";
    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");
    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private Members members;

    @Autowired
    private GatewayDocumentCopies copies;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    private long start;

    private StoredDocuments stored;

    @BeforeEach
    void storeFirst() {
        stored = new StoredDocuments(database);
        start = stored.startAnew();
    }

    @Test
    void sendsEveryChangeAtOnceAndKeepsACopy() {
        var told = redis.listenToChannelLater(GatewayDocumentKeys.changes(keys))
                .blockOptional(SOON)
                .orElseThrow()
                .map(message -> new JsonMapper().readTree(message.getMessage()))
                .filter(document -> document.get("version").asLong() > start)
                .take(3)
                .collectList()
                .toFuture();

        JsonNode first = put("routes", start, "{\"a\":1}");
        assertThat(copied("routes")).isEqualTo(first);
        // Its copy is there: it isn't sent again.
        assertThat(put("routes", start, "{\"a\":1}")).isEqualTo(first);
        JsonNode second = put("routes", start + 1, "{\"a\":2}");
        JsonNode third = put("signing-keys", start, "{\"b\":1}");

        assertThat(copied("routes")).isEqualTo(second);
        assertThat(copied("signing-keys")).isEqualTo(third);
        assertThat(told).succeedsWithin(SOON).isEqualTo(List.of(first, second, third));
    }

    @Test
    void restoresALostCopyAndReplacesNoLaterVersion() {
        JsonNode routes = put("routes", start, "{\"a\":1}");
        String later = new JsonMapper().writeValueAsString(Map.of("name", "signing-keys", "version", start + 9));
        verifyEnded(redis.delete(GatewayDocumentKeys.copy(keys))
                        .then(redis.opsForHash().put(GatewayDocumentKeys.copy(keys), "signing-keys", later))
                        .then())
                .verifyComplete();

        verifyEnded(copies.copyAll()).verifyComplete();

        assertThat(copied("routes")).isEqualTo(routes);
        assertThat(copied("signing-keys")).isEqualTo(new JsonMapper().readTree(later));
    }

    @Test
    void copiesNothingThatWasNeverStored() {
        stored.deleteAll();
        verifyEnded(redis.delete(GatewayDocumentKeys.copy(keys)).then()).verifyComplete();

        verifyEnded(copies.copyAll()).verifyComplete();

        assertThat(redis.hasKey(GatewayDocumentKeys.copy(keys)).block(SOON)).isFalse();
    }

    private JsonNode put(String name, long basedOn, String content) {
        return json(
                members.send(HttpMethod.PUT, DOCUMENTS + name, GATEWAY, Map.of("based_on", basedOn, "content", content))
                        .expectStatus()
                        .isOk());
    }

    private JsonNode copied(String name) {
        return new JsonMapper()
                .readTree(redis.<String, String>opsForHash()
                        .get(GatewayDocumentKeys.copy(keys), name)
                        .blockOptional(SOON)
                        .orElseThrow());
    }
}
