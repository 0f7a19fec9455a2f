package dev.frontdesk.notification.deadletters;

import static dev.frontdesk.notification.EventSimulator.TENANT;
import static dev.frontdesk.notification.EventSimulator.anyCode;
import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.kit.identity.Operators;
import dev.frontdesk.notification.Api;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.Smtp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RunningService
class DeadLettersIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LETTERS = "/api/v1/dead-letters";
    private static final String GROUP = "notification-service";
    private static final String TYPE = EventType.VERIFICATION_REQUESTED.ceType();

    @Autowired
    private EventSimulator world;

    @Autowired
    private EventCodec codec;

    @Autowired
    private Kafka kafka;

    @Autowired
    private Smtp smtp;

    @Autowired
    private IdentityAssertions gateway;

    @LocalServerPort
    private int port;

    /** All of one registration, so on one partition. */
    private final UUID registration = UUID.randomUUID();

    private final String email = anyEmail();
    private Api operator;

    @BeforeEach
    void callAsAnOperator() {
        operator = new Api(gateway, port, new Caller.Operator(new TenantId(TENANT)));
    }

    @Test
    void storesUnreadableEventsWithTheReasonAndHandlesTheOthers() {
        var topic = kafka.topic(Topics.ACCOUNT_EVENTS);
        var badJson = UUID.randomUUID();
        var wrongSchema = UUID.randomUUID();
        var large = UUID.randomUUID();
        topic.send(registration.toString(), "{not json", headers(badJson, TENANT));
        topic.send(registration.toString(), "{\"tenant\":\"acme\",\"email\":7}", headers(wrongSchema, TENANT));
        topic.sendCompressed(registration.toString(), new byte[2 * 1024 * 1024], headers(large, TENANT));
        world.happens(world.codeAskedFor(
                registration, email, "en", anyCode(), Instant.now().plusSeconds(600)));

        await().atMost(SOON).until(() -> smtp.messages(email).size() == 1);
        var letter = letterOf(badJson);
        assertThat(letter.get("group").asString()).isEqualTo(GROUP);
        assertThat(letter.get("topic").asString())
                .isEqualTo(kafka.topic(Topics.ACCOUNT_EVENTS).name());
        assertThat(letter.get("tenant").asString()).isEqualTo(TENANT);
        assertThat(letter.get("detail").asString()).startsWith("not JSON, line 1");
        assertThat(shown(letter).get("content").asString()).isEqualTo("{not json");
        assertThat(letterOf(wrongSchema).get("detail").asString()).startsWith("missing or wrong: ");
        assertThat(letterOf(large).get("detail").asString()).isEqualTo("is larger than 1048576 bytes");
        assertThat(letterOf(large).get("size_bytes").asInt()).isEqualTo(2097152);
        assertThat(shown(letterOf(large)).has("data")).isFalse();

        assertThat(replay(letter).status()).isEqualTo(409);
        assertThat(replay(letter).text("detail")).startsWith("The replay failed again: not JSON, line 1, column ");
        assertThat(letterOf(badJson).get("replays").asInt()).isEqualTo(2);
        assertThat(letterOf(badJson).has("replayed_at")).isFalse();
        assertThat(replay(letterOf(large)).status()).isEqualTo(409);
    }

    @Test
    void replaysALetterOnceItCanBeHandled() {
        var letter = parked(TENANT, 1);

        var answer = replay(letter);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("replayed_at")).isNotBlank();
        await().atMost(SOON).until(() -> smtp.messages(email).size() == 1);
        assertThat(replay(letter).body()).isEqualTo(answer.body());
        assertThat(list("?replayed=true&limit=200").toString()).contains(idOf(letter));
        assertThat(list("?replayed=false&limit=200").toString()).doesNotContain(idOf(letter));
    }

    @Test
    void showsATenantsOperatorTheTenantsOwnWithoutTheirData() {
        var letter = parked(TENANT, 2);
        var own = account(TENANT, Operators.ROLE);
        var strange = account("other", Operators.ROLE);
        String path = LETTERS + "/" + idOf(letter);

        assertThat(own.get(path).body()).isEqualTo(letter);
        assertThat(own.get(path).body().has("data")).isFalse();
        assertThat(own.get(LETTERS + "?limit=200").body().toString()).contains(idOf(letter));
        assertThat(strange.get(path).status()).isEqualTo(404);
        assertThat(strange.post(path + "/replay", "").status()).isEqualTo(404);
        assertThat(strange.get(LETTERS + "?limit=200").body().toString()).doesNotContain(idOf(letter));
        assertThat(account(TENANT, "administrator").get(LETTERS).status()).isEqualTo(403);
    }

    @Test
    void keepsALetterOnceAndReadsPages() {
        parked(TENANT, 3);
        parked(TENANT, 3);
        parked("other", 4);

        var first = list("?limit=1");
        var second = list("?limit=1&cursor=" + first.get("next_cursor").asString());

        assertThat(lettersAt(3)).hasSize(1);
        assertThat(second.get("dead_letters").get(0).get("id"))
                .isNotEqualTo(first.get("dead_letters").get(0).get("id"));
    }

    @Test
    void saysWhatIsWrongWithAQuestion() {
        var answer = operator.get(LETTERS + "?limit=0&cursor=x&replayed=maybe&group=nobody");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("errors")).hasSize(4);
        assertThat(operator.get(LETTERS + "/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(operator.get(LETTERS + "/not-a-uuid").status()).isEqualTo(404);
        assertThat(operator.post(LETTERS + "/not-a-uuid/replay", "").status()).isEqualTo(404);
    }

    /** A dead letter that can be handled, as after a fix of the service. */
    private JsonNode parked(String tenant, int offset) {
        var event = world.codeAskedFor(
                registration, email, "en", anyCode(), Instant.now().plusSeconds(600));
        var stored = codec.store(UUID.randomUUID(), event, Instant.now(), null);
        var headers = new HashMap<>(headers(stored.id(), tenant));
        headers.put("x-with-nul", "a\0b");
        headers.put("dlt_reason", IllegalStateException.class.getName());
        headers.put("dlt_topic", Topics.ACCOUNT_EVENTS);
        headers.put("dlt_partition", Integer.toString(partition()));
        headers.put("dlt_offset", Integer.toString(offset));
        headers.put("dlt_size", Integer.toString(stored.data().getBytes(UTF_8).length));
        kafka.topic(Topics.deadLettersOf(Topics.ACCOUNT_EVENTS, GROUP))
                .send(registration.toString(), stored.data().getBytes(UTF_8), headers);
        return await().atMost(SOON)
                .until(() -> lettersAt(offset), found -> found.size() == 1)
                .getFirst();
    }

    private List<JsonNode> lettersAt(int offset) {
        return list("?limit=200")
                .get("dead_letters")
                .valueStream()
                .filter(it -> it.get("partition").asInt() == partition())
                .filter(it -> it.get("offset").asLong() == offset)
                .toList();
    }

    /** An id that no dead letter has, different in each test. */
    private int partition() {
        return 1000 + Math.floorMod(registration.hashCode(), 1_000_000);
    }

    private static Map<String, String> headers(UUID id, String tenant) {
        return Map.of(
                "ce_id",
                id.toString(),
                "ce_type",
                TYPE,
                "ce_time",
                Instant.now().toString(),
                "ce_tenant",
                tenant);
    }

    private JsonNode letterOf(UUID event) {
        return await().atMost(SOON)
                .until(
                        () -> list("?limit=200&group=" + GROUP)
                                .get("dead_letters")
                                .valueStream()
                                .filter(it -> it.path("event_id").asString().equals(event.toString()))
                                .toList(),
                        found -> found.size() == 1)
                .getFirst();
    }

    private JsonNode list(String query) {
        return operator.get(LETTERS + query).body();
    }

    private JsonNode shown(JsonNode letter) {
        return operator.get(LETTERS + "/" + idOf(letter)).body();
    }

    private Api.Answer replay(JsonNode letter) {
        return operator.post(LETTERS + "/" + idOf(letter) + "/replay", "");
    }

    private static String idOf(JsonNode letter) {
        return letter.get("id").asString();
    }

    private Api account(String tenant, String role) {
        return new Api(
                gateway,
                port,
                new Caller.Account(new TenantId(tenant), UUID.randomUUID(), UUID.randomUUID(), Set.of(role)));
    }
}
