package dev.frontdesk.registration.gateways;

import static dev.frontdesk.registration.Visitor.json;
import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.gateways.GatewayDocumentKeys;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How gateways learn of a changed document. */
@RunningService
class GatewayDocumentCopiesIT {

    private static final String DOCUMENTS = "/internal/gateway-documents/";
    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ROUNDS = 20;

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
    void tellsEveryChangeAtOnceWithoutItsContentAndKeepsACopy() {
        var told = told(3);

        JsonNode first = put("routes", start, "{\"a\":1}");
        assertThat(copied("routes")).isEqualTo(first);
        // Its copy is there: it isn't told again.
        assertThat(put("routes", start, "{\"a\":1}")).isEqualTo(first);
        JsonNode second = put("routes", start + 1, "{\"a\":2}");
        JsonNode third = put("signing-keys", start, "{\"b\":1}");

        assertThat(copied("routes")).isEqualTo(second);
        assertThat(copied("signing-keys")).isEqualTo(third);
        assertThat(told)
                .succeedsWithin(SOON)
                .isEqualTo(List.of(withoutContent(first), withoutContent(second), withoutContent(third)));
    }

    @Test
    void restoresALostCopy() {
        JsonNode routes = put("routes", start, "{\"a\":1}");
        verifyEnded(redis.delete(GatewayDocumentKeys.copy(keys)).then()).verifyComplete();

        verifyEnded(copies.copyAll()).verifyComplete();

        assertThat(copied("routes")).isEqualTo(routes);
    }

    /** The copy has what was changed after the backup. */
    @Test
    void replacesALaterVersionWithThatOfARestoredDatabase() {
        JsonNode routes = put("routes", start, "{\"a\":1}");
        String lost = new JsonMapper()
                .writeValueAsString(Map.of(
                        "name",
                        "routes",
                        "version",
                        start + 9,
                        "content",
                        "{}",
                        "changed_at",
                        Instant.now().plusSeconds(60).toString()));
        verifyEnded(redis.opsForHash()
                        .put(GatewayDocumentKeys.copy(keys), "routes", lost)
                        .then())
                .verifyComplete();
        var told = told(2);

        verifyEnded(copies.copyAll()).verifyComplete();

        assertThat(copied("routes")).isEqualTo(routes);
        JsonNode changed = put("routes", start + 1, "{\"a\":2}");
        assertThat(copied("routes")).isEqualTo(changed);
        assertThat(told).succeedsWithin(SOON).isEqualTo(List.of(withoutContent(routes), withoutContent(changed)));
    }

    /** What one of them has read of the table may be old when it writes. */
    @Test
    void replacesNoLaterVersionWithAnEarlierOneOfAnotherWriter() {
        var told = told(ROUNDS);
        var writers =
                Flux.range(0, 4).flatMap(_ -> copies.copyAll().repeat(), 4).subscribe();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                put("routes", start + i, "{\"a\":" + i + "}");
                long version = start + i + 1;
                await().atMost(SOON)
                        .untilAsserted(
                                () -> assertThat(copied("routes").get("version").asLong())
                                        .isEqualTo(version));
            }
        } finally {
            writers.dispose();
        }

        assertThat(told)
                .succeedsWithin(SOON)
                .extracting(
                        all -> all.stream()
                                .map(it -> it.get("version").asLong())
                                .toList(),
                        list(Long.class))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void givesALaterVersionALaterTimeAlsoIfTheClockIsBehind() {
        JsonNode ahead = put("routes", start, "{\"a\":1}");
        Instant time = Instant.parse("2999-01-01T00:00:00.000123Z");
        database.sql("UPDATE gateway_documents SET changed_at = :time")
                .bind("time", time)
                .then()
                .block(SOON);

        JsonNode later = put("routes", ahead.get("version").asLong(), "{\"a\":2}");

        assertThat(Instant.parse(later.get("changed_at").asString())).isAfter(time);
    }

    @Test
    void copiesNothingThatWasNeverStored() {
        stored.deleteAll();
        verifyEnded(redis.delete(GatewayDocumentKeys.copy(keys)).then()).verifyComplete();

        verifyEnded(copies.copyAll()).verifyComplete();

        assertThat(redis.hasKey(GatewayDocumentKeys.copy(keys)).block(SOON)).isFalse();
    }

    private CompletableFuture<List<JsonNode>> told(int number) {
        return redis.listenToChannelLater(GatewayDocumentKeys.changes(keys))
                .blockOptional(SOON)
                .orElseThrow()
                .map(message -> (JsonNode) new JsonMapper().readTree(message.getMessage()))
                .filter(version -> version.get("version").asLong() > start)
                .take(number)
                .collectList()
                .toFuture();
    }

    private static JsonNode withoutContent(JsonNode document) {
        return ((ObjectNode) document).deepCopy().without("content");
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
