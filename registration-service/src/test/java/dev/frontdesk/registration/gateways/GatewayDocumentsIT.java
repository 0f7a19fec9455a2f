package dev.frontdesk.registration.gateways;

import static dev.frontdesk.registration.Visitor.json;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.gateways.GatewayDocument;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.registration.Members;
import dev.frontdesk.registration.RunningService;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.Visitor.Answer;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.KafkaRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningService
class GatewayDocumentsIT {

    private static final String ROUTES = "/internal/gateway-documents/routes";
    private static final String KEYS = "/internal/gateway-documents/signing-keys";
    private static final Caller GATEWAY = new Caller.Service(TenantId.DEFAULT, "gateway");
    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    private Visitor visitor;

    @Autowired
    private Members members;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Kafka kafka;

    /** The version that both documents have at the start of a test. */
    private long start;

    private StoredDocuments stored;

    @BeforeEach
    void storeFirst() {
        stored = new StoredDocuments(database);
        start = stored.startAnew();
    }

    @Test
    void aDocumentThatWasNeverStoredIsEmpty() {
        stored.deleteAll();

        assertThat(read(ROUTES).toString()).isEqualTo("{\"name\":\"routes\",\"version\":0,\"content\":\"\"}");
        assertThat(read(ROUTES + "/versions").toString()).isEqualTo("{\"versions\":[]}");
        visitor.get(ROUTES + "/versions/0", GATEWAY).expectStatus().isNotFound();

        put(ROUTES, 0, "{}").expectStatus().isOk();

        assertThat(read(ROUTES).get("version").asLong()).isEqualTo(1);
    }

    @Test
    void addsTheNextVersionAndKeepsTheFormerOne() {
        String content = " {\"routes\": [{\"name\": \"Söhne 😀\", \"cost\": 1.50}]}\n";

        JsonNode changed = json(put(ROUTES, start, content).expectStatus().isOk());

        assertThat(changed.get("version").asLong()).isEqualTo(start + 1);
        assertThat(changed.get("content").asString()).isEqualTo(content);
        assertThat(changed.get("name").asString()).isEqualTo("routes");
        assertThat(changed.propertyNames()).containsExactly("name", "version", "content", "changed_at");
        assertThat(read(ROUTES)).isEqualTo(changed);
        assertThat(read(ROUTES + "/versions/" + (start + 1))).isEqualTo(changed);
        assertThat(read(ROUTES + "/versions/" + start).get("content").asString())
                .isEqualTo(StoredDocuments.FIRST);
        JsonNode versions = read(ROUTES + "/versions").get("versions");
        assertThat(versionsIn(versions)).containsExactly(start + 1, start);
        assertThat(versions.get(0).propertyNames()).containsExactly("version", "changed_at");
        assertThat(versions.get(0).get("changed_at")).isEqualTo(changed.get("changed_at"));
        assertThat(read(KEYS).get("version").asLong()).isEqualTo(start);
    }

    @Test
    void oneOfTwentyConcurrentChangesWins() {
        List<Answer> answers = Flux.range(0, 20)
                .flatMap(
                        i -> visitor.sending(
                                HttpMethod.PUT,
                                ROUTES,
                                GATEWAY,
                                Map.of("based_on", start, "content", "{\"n\":" + i + "}")),
                        20)
                .collectList()
                .blockOptional(SOON)
                .orElseThrow();

        assertThat(answers.stream().collect(groupingBy(Answer::status, counting())))
                .isEqualTo(Map.of(200, 1L, 409, 19L));
        String winner = answers.stream()
                .filter(answer -> answer.status() == 200)
                .map(Answer::body)
                .findFirst()
                .orElseThrow();
        assertThat(read(ROUTES)).isEqualTo(new JsonMapper().readTree(winner));
        assertThat(read(ROUTES).get("version").asLong()).isEqualTo(start + 1);
    }

    @Test
    void refusesAChangeOfAnotherVersion() {
        put(ROUTES, start, "{\"a\":1}").expectStatus().isOk();

        JsonNode problem = json(put(ROUTES, start, "{\"a\":2}").expectStatus().isEqualTo(409));
        put(ROUTES, start - 1, "{\"a\":1}").expectStatus().isEqualTo(409);
        put(ROUTES, start + 2, "{\"a\":1}").expectStatus().isEqualTo(409);
        put(ROUTES, Long.MAX_VALUE - 1, "{\"a\":1}").expectStatus().isEqualTo(409);

        assertThat(problem.get("type").asString()).endsWith("/conflict");
        assertThat(problem.toString()).doesNotContain("\\\"a\\\"");
        assertThat(read(ROUTES).get("content").asString()).isEqualTo("{\"a\":1}");
    }

    @Test
    void answersARepeatedChangeInTheSameWayAndWritesNothing() {
        JsonNode first = json(put(ROUTES, start, "{\"a\":1}").expectStatus().isOk());

        JsonNode again = json(put(ROUTES, start, "{\"a\":1}").expectStatus().isOk());

        assertThat(again).isEqualTo(first);
        assertThat(stored.rows("routes")).isEqualTo(2);
        put(ROUTES, start + 1, "{\"a\":2}").expectStatus().isOk();
        put(ROUTES, start, "{\"a\":1}").expectStatus().isEqualTo(409);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("routes", start + 2)).hasSize(1));
        // The order within the topic: a second event of the first change would have come before.
        assertThat(told("routes", start + 1)).hasSize(1);
    }

    @Test
    void keepsAHundredVersionsOfRoutes() {
        stored.addEarlier("routes", start, 99);
        assertThat(stored.rows("routes")).isEqualTo(100);
        read(ROUTES + "/versions/" + (start - 99));

        put(ROUTES, start, "{\"a\":1}").expectStatus().isOk();

        visitor.get(ROUTES + "/versions/" + (start - 99), GATEWAY)
                .expectStatus()
                .isNotFound();
        assertThat(versionsIn(read(ROUTES + "/versions").get("versions")))
                .containsExactlyElementsOf(
                        LongStream.range(0, 100).mapToObj(i -> start + 1 - i).toList());
        assertThat(stored.rows("signing-keys")).isEqualTo(1);
    }

    @Test
    void keepsOnlyTheLatestSigningKeys() {
        put(KEYS, start, "{\"a\":1}").expectStatus().isOk();
        put(KEYS, start + 1, "{\"a\":2}").expectStatus().isOk();

        assertThat(stored.rows("signing-keys")).isEqualTo(1);
        assertThat(versionsIn(read(KEYS + "/versions").get("versions"))).containsExactly(start + 2);
        visitor.get(KEYS + "/versions/" + (start + 1), GATEWAY).expectStatus().isNotFound();
        assertThat(read(KEYS).get("content").asString()).isEqualTo("{\"a\":2}");
        json(put(KEYS, start + 1, "{\"a\":2}").expectStatus().isOk());
    }

    @Test
    void tellsEachChangeWithoutItsContent() {
        JsonNode changed =
                json(put(KEYS, start, "{\"private\":\"sealed\"}").expectStatus().isOk());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("signing-keys", start + 1)).hasSize(1));
        KafkaRecord event = told("signing-keys", start + 1).getFirst();
        assertThat(event.headers())
                .containsEntry("ce_type", "dev.frontdesk.gateway.document-changed.v1")
                .containsEntry("ce_tenant", "default")
                .containsEntry("ce_subject", "signing-keys");
        assertThat(new JsonMapper().readTree(event.value()))
                .isEqualTo(new JsonMapper()
                        .valueToTree(Map.of(
                                "tenant",
                                "default",
                                "name",
                                "signing-keys",
                                "version",
                                start + 1,
                                "changed_at",
                                changed.get("changed_at").asString())));
        JsonNode trail = json(visitor.get(
                "/api/v1/admin/security-events?kind=gateway.document-changed", new Caller.Operator(TenantId.DEFAULT)));
        assertThat(trail.get("security_events").get(0).get("actor").toString()).contains("service");
    }

    @Test
    void isForGatewaysAlone() {
        for (String path : List.of(ROUTES, ROUTES + "/versions", ROUTES + "/versions/" + start)) {
            visitor.get(path, new Caller.Operator(TenantId.DEFAULT))
                    .expectStatus()
                    .isUnauthorized();
            visitor.get(path, new Caller.Service(TenantId.DEFAULT, "session-service"))
                    .expectStatus()
                    .isForbidden();
        }
        members.send(
                        HttpMethod.PUT,
                        ROUTES,
                        new Caller.Service(TenantId.DEFAULT, "session-service"),
                        Map.of("based_on", start, "content", "{}"))
                .expectStatus()
                .isForbidden();
        assertThat(read(ROUTES).get("version").asLong()).isEqualTo(start);
    }

    @Test
    void knowsNoOtherDocuments() {
        for (String path : List.of("/other", "/other/versions", "/other/versions/1", "/routes/versions/one")) {
            visitor.get(GatewayDocument.PATH + path, GATEWAY).expectStatus().isNotFound();
        }
        put(GatewayDocument.PATH + "/ROUTES", 0, "{}").expectStatus().isNotFound();
    }

    @Test
    void takesTheLongestContentWithTheMostEscapes() {
        // Each quote takes two bytes in the request.
        String longest = "[\"\"" + ",\"\"".repeat((GatewayDocument.LONGEST - 4) / 3) + "]";
        String padded = longest + "\n".repeat(GatewayDocument.LONGEST - longest.length());

        JsonNode changed = json(put(ROUTES, start, padded).expectStatus().isOk());

        assertThat(changed.get("content").asString().equals(padded)).isTrue();
        JsonNode problem =
                json(put(ROUTES, start + 1, padded + "\n").expectStatus().isBadRequest());
        assertThat(problem.get("errors").toString()).contains("\"content\"").hasSizeLessThan(200);
        put(ROUTES, start + 1, padded + " ".repeat(2 * GatewayDocument.LONGEST))
                .expectStatus()
                .isEqualTo(413);
        put(ROUTES, start + 1, "{").expectStatus().isBadRequest();
        put(ROUTES, -1, "{}").expectStatus().isBadRequest();
        assertThat(read(ROUTES).get("version").asLong()).isEqualTo(start + 1);
    }

    private ResponseSpec put(String path, long basedOn, String content) {
        return members.send(HttpMethod.PUT, path, GATEWAY, Map.of("based_on", basedOn, "content", content));
    }

    private JsonNode read(String path) {
        return json(visitor.get(path, GATEWAY).expectStatus().isOk());
    }

    private static List<Long> versionsIn(JsonNode versions) {
        return versions.valueStream().map(it -> it.get("version").asLong()).toList();
    }

    private List<KafkaRecord> told(String name, long version) {
        return kafka.topic(Topics.GATEWAY_EVENTS).records().stream()
                .filter(event -> name.equals(event.key()))
                .filter(event ->
                        new JsonMapper().readTree(event.value()).get("version").asLong() == version)
                .toList();
    }
}
