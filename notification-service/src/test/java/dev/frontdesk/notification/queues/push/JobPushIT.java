package dev.frontdesk.notification.queues.push;

import static dev.frontdesk.notification.Receiver.endless;
import static dev.frontdesk.notification.Receiver.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.Receiver;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.outbound.SigningSecret;
import dev.frontdesk.notification.queues.Administrator;
import dev.frontdesk.notification.queues.RejectedJobUpdates;
import dev.frontdesk.testsupport.servers.Database;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningService
class JobPushIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PATH = "/work";
    private static final String ONCE = "{\"repeatable\":false,\"max_attempts\":1}";

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private JobRows rows;

    @Autowired
    private Database database;

    @LocalServerPort
    private int port;

    private final Receiver receiver = new Receiver();
    private final String queue = "q" + UUID.randomUUID();
    private Administrator ada;
    private String secret;

    @BeforeEach
    void aQueue() {
        ada = new Administrator(gateway, port);
        secret = ada.put("/" + queue, settings()).expect(201).field("push_secret");
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private String settings() {
        return "{\"worked\":\"push\",\"push_url\":\"" + receiver.url(PATH) + "\",\"max_attempts\":2,\"backoff_ms\":1}";
    }

    @Test
    void sendsAJobSignedAndTakesTheAnswerForItsResult() {
        receiver.answersAlways(PATH, status(200, "Content-Type", "application/json; charset=utf-8", "{\"pages\":3}"));
        String id = ada.adds(queue, "{\"kind\":\"print\",\"payload\":{\"who\":\"Ayşe\"}}");

        JsonNode done = ended(id, "completed");
        assertThat(done.get("result")).hasToString("{\"pages\":3}");
        var request = receiver.received(PATH).getFirst();
        JsonNode job = JsonMapper.shared().readTree(request.body());
        assertThat(job.get("id").asString()).isEqualTo(id);
        assertThat(job.get("payload")).hasToString("{\"who\":\"Ayşe\"}");
        assertThat(job.get("traceparent").asString())
                .contains(done.get("trace_id").asString());
        assertThat(request.header("webhook-id")).isEqualTo("job_" + id);
        assertThat(request.header("webhook-signature")).isEqualTo(signature(secret, request));
        assertThat(request.header("X-Event-Type")).isEqualTo("print");
        assertThat(request.header("X-Webhook-Signature")).isEmpty();
    }

    @Test
    void signsTheBodyAloneTooWhereTheQueueAsksForIt() {
        receiver.answersAlways(PATH, status(204));
        String asking = settings().replace("}", ",\"push_legacy_signature\":true}");
        assertThat(ada.put("/" + queue, asking)
                        .expect(200)
                        .json()
                        .get("push_legacy_signature")
                        .asBoolean())
                .isTrue();
        String newest = ada.post("/" + queue + "/push-secret", "").expect(200).field("push_secret");

        ended(ada.adds(queue, "{}"), "completed");

        var request = receiver.received(PATH).getFirst();
        assertThat(request.header("X-Webhook-Signature"))
                .isEqualTo(new SigningSecret(newest).signBody(request.body().getBytes(UTF_8)));
        ada.put("/" + queue, "{\"push_legacy_signature\":true}").expect(400);
        assertThat(ada.put("/" + queue, settings())
                        .expect(200)
                        .json()
                        .get("push_legacy_signature")
                        .asBoolean())
                .isFalse();
        assertThat(ada.put("/" + queue, "{}").expect(200).json().has("push_legacy_signature"))
                .isFalse();
    }

    private static String signature(String secret, Receiver.Received request) {
        return new SigningSecret(secret)
                .sign(
                        request.header("webhook-id"),
                        Long.parseLong(request.header("webhook-timestamp")),
                        request.body().getBytes(UTF_8));
    }

    @Test
    void leavesAnAcceptedJobToReportsWithItsFence() {
        receiver.answersAlways(PATH, status(202));
        String id = ada.adds(queue, "{}");
        await().atMost(SOON).until(() -> !receiver.received(PATH).isEmpty());
        JsonNode job =
                JsonMapper.shared().readTree(receiver.received(PATH).getFirst().body());

        ada.says(queue, job, "progress", "\"percent\":50").expect(204);
        ada.says(queue, job, "complete", "\"result\":1").expect(204);
        assertThat(ada.stateOf(queue, id)).isEqualTo("completed");
        assertThat(receiver.received(PATH)).hasSize(1);
        ada.post("/" + queue + "/leases", "{}").expect(409);
    }

    @Test
    void triesAgainWhatMayGoBetterAndWithTheSameId() {
        receiver.answers(PATH, status(503), status(200, "not JSON"));
        String id = ada.adds(queue, "{}");

        JsonNode done = ended(id, "completed");
        assertThat(done.has("result")).isFalse();
        assertThat(done.get("history").get(0).get("reason").asString()).isEqualTo("answered with 503");
        assertThat(receiver.received(PATH).stream().map(it -> it.header("webhook-id")))
                .hasSize(2)
                .containsOnly("job_" + id);
    }

    @Test
    void doesNotRepeatAnAnsweredRequestWhileItsResultCannotBeStored() {
        receiver.answersAlways(PATH, status(200, "Content-Type", "application/json", "{\"pages\":3}"));
        String id;
        try (var refusal = new RejectedJobUpdates(database, queue)) {
            id = ada.adds(queue, ONCE);
            await().atMost(SOON).until(() -> refusal.times() > 1);
        }

        assertThat(ended(id, "completed").get("result")).hasToString("{\"pages\":3}");
        assertThat(receiver.received(PATH)).hasSize(1);
    }

    @Test
    void leavesAnAcceptedJobAloneWhenThatCannotBeKeptYet() {
        receiver.answersAlways(PATH, status(202));
        String id;
        try (var refusal = new RejectedJobUpdates(database, queue)) {
            id = ada.adds(queue, ONCE);
            await().atMost(SOON).until(() -> refusal.times() > 1);
        }

        JsonNode job =
                JsonMapper.shared().readTree(receiver.received(PATH).getFirst().body());
        ada.says(queue, job, "complete", "").expect(204);
        assertThat(ada.stateOf(queue, id)).isEqualTo("completed");
        assertThat(receiver.received(PATH)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999999999", "\"\\u0000\"", "{", ""})
    void takesAnAnswerForDoneWhoseResultCannotBeKept(String result) {
        receiver.answersAlways(PATH, status(200, "Content-Type", "application/json", result));

        assertThat(ended(ada.adds(queue, ONCE), "completed").has("result")).isFalse();
        assertThat(receiver.received(PATH)).hasSize(1);
    }

    @Test
    void keepsNullAsAnyOtherResult() {
        receiver.answersAlways(PATH, status(200, "Content-Type", "application/json", "null"));

        JsonNode job = ended(ada.adds(queue, ONCE), "completed");

        assertThat(job.has("result")).isTrue();
        assertThat(job.get("result").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 410, 422})
    void failsWhatIsRefused(int refusal) {
        receiver.answersAlways(PATH, status(refusal));
        String id = ada.adds(queue, "{}");

        assertThat(ended(id, "failed").get("failure").asString()).isEqualTo("answered with " + refusal);
        assertThat(receiver.received(PATH)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 429, 500})
    void givesUpAfterItsAttempts(int answer) {
        receiver.answersAlways(PATH, status(answer, "Location", receiver.url("/elsewhere"), ""));
        ended(ada.adds(queue, "{}"), "failed");

        assertThat(receiver.received(PATH)).hasSize(2);
        assertThat(receiver.received("/elsewhere")).isEmpty();
    }

    @Test
    void readsNoAnswerWithoutEnd() {
        receiver.answersAlways(PATH, endless("{\"a\":"));
        assertThat(ended(ada.adds(queue, "{}"), "completed").has("result")).isFalse();
    }

    @Test
    void reportsAFailedConnection() {
        receiver.close();
        assertThat(ended(ada.adds(queue, "{}"), "failed").get("failure").asString())
                .isEqualTo("the connection failed");
        // Nothing was sent, so the outcome is known even for a job that must not run twice.
        JsonNode known = ended(ada.adds(queue, "{\"repeatable\":false}"), "failed");
        assertThat(known.get("history")).hasSize(2);
    }

    @Test
    void doesNotKnowOfWhatWasSentAndNotAnswered() {
        receiver.answersAlways(PATH, _ -> {
            throw new IOException("without an answer");
        });
        ended(ada.adds(queue, "{\"repeatable\":false}"), "unknown");
        assertThat(receiver.received(PATH)).hasSize(1);
        ended(ada.adds(queue, "{}"), "failed");
        assertThat(receiver.received(PATH)).hasSize(3);
    }

    @Test
    void keepsItsSecretUntilItIsRotated() {
        assertThat(ada.put("/" + queue, settings()).expect(200).field("push_secret"))
                .isEmpty();
        assertThat(ada.get("/" + queue).expect(200).response().body()).doesNotContain("whsec_");
        assertThat(rows.value("SELECT push_secret FROM notification.queues WHERE name = ?", queue))
                .startsWith("ey");
        String another = ada.post("/" + queue + "/push-secret", "").expect(200).field("push_secret");
        assertThat(another).startsWith("whsec_").isNotEqualTo(secret);

        ended(ada.adds(queue, "{}"), "completed");
        var request = receiver.received(PATH).getFirst();
        assertThat(request.header("webhook-signature"))
                .isEqualTo(signature(another, request) + " " + signature(secret, request));
        ada.post("/ai/push-secret", "").expect(409);
        new Administrator(gateway, port).post("/" + queue + "/push-secret", "").expect(404);
    }

    @Test
    void startsNothingWhilePausedAndResumes() {
        ada.post("/" + queue + "/pause", "").expect(204);
        String id = ada.adds(queue, "{}");
        ended(ada.adds(anotherQueue(), "{}"), "completed", "another-" + queue.substring(0, 20));
        assertThat(ada.stateOf(queue, id)).isEqualTo("waiting");

        ada.post("/" + queue + "/resume", "").expect(204);
        ended(id, "completed");
    }

    private String anotherQueue() {
        String name = "another-" + queue.substring(0, 20);
        ada.put("/" + name, settings()).expect(201);
        return name;
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "https://[::ffff:10.0.0.1]/",
        "https://0x7f.1/",
        "https://2130706433/",
        "ftp://example.org/",
        "https://user:password@example.org/",
        "example.org",
        "''"
    })
    void isNotSentWhereItMustNot(String url) {
        var refused = ada.put("/" + queue, "{\"worked\":\"push\",\"push_url\":\"" + url + "\"}")
                .expect(400);
        assertThat(refused.refused()).isEqualTo(List.of("push_url"));
        assertThat(ada.get("/" + queue).field("push_url")).isEqualTo(receiver.url(PATH));
    }

    private JsonNode ended(String id, String state) {
        return ended(id, state, queue);
    }

    private JsonNode ended(String id, String state, String in) {
        return await().atMost(SOON)
                .until(() -> ada.job(in, id), job -> job.get("state").asString().equals(state));
    }
}
