package dev.frontdesk.endtoend.guides;

import static dev.frontdesk.endtoend.guides.WebhookReceiver.signature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.endtoend.guides.WebhookReceiver.Language;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** docs/guides/webhooks.md: its receivers, started by its commands. Needs Python and Node.js. */
@Tag("other-languages")
@WithStack
class WebhooksGuideIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BODY = "{\"type\": \"order.paid\", \"data\": {\"name\": \"Ayşe 😀\"}}";
    private static final int MANY = 20;

    private final LocalStack stack;

    @TempDir
    private Path folder;

    WebhooksGuideIT(LocalStack stack) {
        this.stack = stack;
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void anEventIsProcessedOnceAlsoIfItIsReplayedAfterARestart(Language language) throws Exception {
        try (var receiver = WebhookReceiver.started(stack, language, folder)) {
            String email = Person.withAccount(stack).email();
            await().atMost(PATIENCE).until(() -> receiver.stored(email).size() == 1);
            assertThat(receiver.stored(email)).first().asString().contains("\"account.verified\"");
            await().atMost(PATIENCE)
                    .until(() -> receiver.followed("When nothing arrives").contains("\"succeeded\":true"));
            String event = JsonMapper.shared()
                    .readTree(receiver.followed("When nothing arrives"))
                    .at("/attempts/0/event_id")
                    .asString();
            await().atMost(PATIENCE).until(() -> receiver.processed(event).size() == 1);

            receiver.followed("Replay");
            await().atMost(PATIENCE).until(() -> receiver.attempts(event) == 2);
            receiver.kill();
            receiver.start();
            receiver.followed("Replay");
            await().atMost(PATIENCE).until(() -> receiver.attempts(event) == 3);

            // Events are processed one after the other: after this one, no other waits.
            String last = testEvent(receiver);
            await().atMost(PATIENCE).until(() -> receiver.processed(last).size() == 1);
            assertThat(receiver.processed(event)).hasSize(1);
            assertThat(receiver.stored(event)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void requestsThatAreForgedOldOrLargeAreNotStored(Language language) throws Exception {
        try (var receiver = WebhookReceiver.started(stack, language, folder)) {
            var now = Instant.now();
            String secret = receiver.secret();
            String valid = signature(secret, "evt_1", now, BODY);

            assertThat(receiver.followed("What is refused")).isEqualTo("401\n");
            receiver.send("evt_1", now, BODY.replace(" ", ""), valid).expect(401);
            receiver.send("evt_2", now, BODY, valid).expect(401);
            receiver.send("evt_1", now, BODY, "").expect(401);
            for (int minutes : List.of(-6, 6)) {
                var then = now.plus(Duration.ofMinutes(minutes));
                receiver.send("evt_1", then, BODY, valid).expect(401);
                receiver.send("evt_1", then, BODY, signature(secret, "evt_1", then, BODY))
                        .expect(401);
            }
            assertThat(receiver.answerTo("POST /hooks HTTP/1.1", "Host: here", "Content-Length: 262145"))
                    .startsWith("HTTP/1.1 413 ");
            assertThat(receiver.answerTo("POST /hooks HTTP/1.1", "Host: here", "Transfer-Encoding: chunked"))
                    .startsWith("HTTP/1.1 411 ");
            assertThat(receiver.stored("evt_1")).isEmpty();
            assertThat(receiver.stored("evt_2")).isEmpty();

            String during = "v1,bm90IHlvdXJz " + valid;
            receiver.send("evt_1", now, BODY, during).expect(204);
            assertThat(receiver.stored("evt_1")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void requestsAtOnceWithTheSameIdAreStoredOnce(Language language) throws Exception {
        try (var receiver = WebhookReceiver.started(stack, language, folder)) {
            sendAll(
                    receiver,
                    Stream.concat(
                                    Stream.of("evt_10"),
                                    Stream.generate(() -> "evt_1").limit(MANY))
                            .toList());

            String last = testEvent(receiver);
            await().atMost(PATIENCE).until(() -> receiver.processed(last).size() == 1);
            assertThat(receiver.processed("evt_1")).hasSize(1);
            assertThat(receiver.stored("evt_1")).hasSize(1);
        }
    }

    /** The receiver is killed once it has answered, wherever it is in its work. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void whatWasAcceptedIsProcessedAfterACrash(Language language) throws Exception {
        try (var receiver = WebhookReceiver.started(stack, language, folder)) {
            var ids = IntStream.range(0, MANY)
                    .mapToObj(_ -> "evt_" + UUID.randomUUID())
                    .toList();
            sendAll(receiver, ids);
            receiver.kill();
            for (String id : ids) {
                assertThat(receiver.stored(id)).hasSize(1);
            }

            receiver.start();
            for (String id : ids) {
                await().atMost(PATIENCE).until(() -> !receiver.processed(id).isEmpty());
            }
        }
    }

    /** Deleting old events fails, as it does with a full disk or a locked database. */
    @Test
    void aFailureOfTheDatabaseDoesNotEndTheProcessing() throws Exception {
        try (var receiver = WebhookReceiver.started(stack, Language.PYTHON, folder)) {
            receiver.execute("INSERT INTO events VALUES ('old', '{}', 0, 0)");
            receiver.execute("CREATE TRIGGER broken BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'broken'); END");
            for (String id : List.of("evt_1", "evt_2", "evt_3")) {
                sendAll(receiver, List.of(id));
                await().atMost(PATIENCE).until(() -> receiver.processed(id).size() == 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void bothSecretsAreGoodWhileTheyAreRotated(Language language) throws Exception {
        try (var receiver = WebhookReceiver.started(stack, language, folder)) {
            String former = receiver.secret();
            receiver.followed("Rotate the secret");
            assertThat(receiver.secret()).startsWith("whsec_").isNotEqualTo(former);
            String withTheFormer = testEvent(receiver);
            await().atMost(PATIENCE).until(() -> receiver.stored(withTheFormer).size() == 1);

            receiver.kill();
            receiver.start();
            String withTheNew = testEvent(receiver);
            await().atMost(PATIENCE).until(() -> receiver.stored(withTheNew).size() == 1);
            var now = Instant.now();
            receiver.send("evt_1", now, BODY, signature(former, "evt_1", now, BODY))
                    .expect(401);
        }
    }

    /** Returns the id of the event that the page's command sends. */
    private static String testEvent(WebhookReceiver receiver) throws Exception {
        return JsonMapper.shared()
                .readTree(receiver.followed("Try it"))
                .get("id")
                .asString();
    }

    private static void sendAll(WebhookReceiver receiver, List<String> ids) throws Exception {
        var now = Instant.now();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = ids.stream()
                    .<Callable<Integer>>map(id ->
                            () -> receiver.send(id, now, BODY, signature(receiver.secret(), id, now, BODY))
                                    .status())
                    .toList();
            for (var call : threads.invokeAll(calls)) {
                assertThat(call.get()).isEqualTo(204);
            }
        }
    }
}
