package dev.frontdesk.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An application that checks assertions does not notice that their key changes. */
@WithStack
class SigningKeyRotationIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PEOPLE = 8;
    private static final int VISITORS = 16;

    /** So that each of them stays below its limit. */
    private static final int PAUSE_MS = 100;

    private final LocalStack stack;
    private final Gateway gateway;

    SigningKeyRotationIT(LocalStack stack) {
        this.stack = stack;
        this.gateway = Gateway.notOurs(stack.gatewayUrl());
    }

    @Test
    void refusesNoRequestAndForgetsTheFormerKey() throws InterruptedException {
        List<String> tokens = Stream.generate(
                        () -> Person.withAccount(stack).logsIn().token())
                .limit(PEOPLE)
                .toList();
        List<String> before = published();
        assertThat(before).hasSize(1);
        var answered = new AtomicLong();
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        try (var clients = Executors.newScheduledThreadPool(PEOPLE + VISITORS)) {
            Stream.concat(tokens.stream().map(SigningKeyRotationIT::person), visitors())
                    .forEach(caller -> clients.scheduleWithFixedDelay(
                            () -> call(answered, refused, caller), 0, PAUSE_MS, TimeUnit.MILLISECONDS));
            rotates();
            // An application that stores the keys knows the next one before it signs.
            assertThat(published()).hasSize(2).containsAll(before);
            assertThat(signing()).isEqualTo(before.getFirst());

            await().atMost(PATIENCE).until(() -> !signing().equals(before.getFirst()));
            long first = answered.get();
            await().atMost(PATIENCE).until(() -> answered.get() > first + 500);
            await().atMost(PATIENCE).until(() -> !published().contains(before.getFirst()));
            long last = answered.get();
            await().atMost(PATIENCE).until(() -> answered.get() > last + 100);
            clients.shutdown();
            assertThat(clients.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(refused).isEmpty();
        assertThat(published()).containsExactly(signing());
    }

    private static String[] person(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static Stream<String[]> visitors() {
        return IntStream.range(0, VISITORS).mapToObj(i -> new String[] {"X-Forwarded-For", "198.51.100." + i});
    }

    private void call(AtomicLong answered, Queue<String> refused, String... caller) {
        try {
            var answer = gateway.get("/shop/products", caller);
            answered.incrementAndGet();
            if (answer.status() != 200) {
                refused.add(answer.status() + " " + answer.text());
            }
        } catch (RuntimeException failed) {
            refused.add(failed.toString());
        }
    }

    private void rotates() {
        gateway.post("/api/v1/admin/signing-keys/rotate", "{}", "X-API-Key", stack.operatorKey())
                .expect(200);
    }

    /** Names of the keys that applications find. */
    private List<String> published() {
        return kids(gateway.get("/.well-known/jwks.json").expect(200).json().get("keys"));
    }

    private String signing() {
        var keys = gateway.get("/api/v1/admin/signing-keys", "X-API-Key", stack.operatorKey())
                .expect(200)
                .json()
                .get("keys");
        return StreamSupport.stream(keys.spliterator(), false)
                .filter(key -> key.get("signing").asBoolean())
                .map(key -> key.get("kid").asString())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> kids(JsonNode keys) {
        return StreamSupport.stream(keys.spliterator(), false)
                .map(key -> key.get("kid").asString())
                .toList();
    }
}
