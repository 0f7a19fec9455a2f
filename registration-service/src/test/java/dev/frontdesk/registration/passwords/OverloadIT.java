package dev.frontdesk.registration.passwords;

import static dev.frontdesk.registration.Visitor.anyEmail;
import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.POSTGRES;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.registration.Fixtures;
import dev.frontdesk.registration.Stores;
import dev.frontdesk.registration.Visitor;
import dev.frontdesk.registration.Visitor.Answer;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Flux;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "frontdesk.registration.passwords.memory=19456",
            "frontdesk.registration.passwords.iterations=2",
            "frontdesk.registration.passwords.threads=1",
            "frontdesk.registration.passwords.queue=2",
            "spring.data.redis.timeout=5s"
        })
@WithServers({REDIS, POSTGRES, KAFKA})
@Import(Fixtures.class)
class OverloadIT {

    private static final int VISITORS = 40;

    @Autowired
    private Visitor visitor;

    @Autowired
    private Stores stores;

    @Test
    void refusesWhatCannotBeHashedSoonAndHashesOnItsOwnThreads() {
        List<String> emails = Stream.generate(Visitor::anyEmail).limit(VISITORS).toList();
        Set<String> hashing = ConcurrentHashMap.newKeySet();
        var watching = Flux.interval(Duration.ofMillis(1))
                .onBackpressureDrop()
                .subscribe(_ -> hashing.addAll(threadsThatHash()));

        Map<String, Answer> answers = Flux.fromIterable(emails)
                .flatMap(email -> visitor.registering(email).map(answer -> Map.entry(email, answer)), VISITORS)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .blockOptional()
                .orElseThrow();
        watching.dispose();

        assertThat(answers.values())
                .extracting(Answer::status)
                .containsOnly(202, 503)
                .contains(202, 503);
        answers.forEach((email, answer) -> {
            if (answer.status() == 503) {
                // Three at some tens of milliseconds each.
                assertThat(answer.retryAfter()).isEqualTo("1");
                assertThat(answer.body()).contains("https://frontdesk.dev/problems/overloaded");
                assertThat(stores.keys()).doesNotContain(stores.pendingKey(Visitor.ACME, email));
            }
        });
        assertThat(hashing).isNotEmpty().allMatch(name -> name.startsWith("password-hashing-"));
        visitor.registers(anyEmail());
    }

    private static Set<String> threadsThatHash() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(NativeArgon2id.class.getName())))
                .map(thread -> thread.getKey().getName())
                .collect(toSet());
    }
}
