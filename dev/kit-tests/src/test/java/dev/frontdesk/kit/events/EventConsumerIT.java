package dev.frontdesk.kit.events;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.kit.KitApplication;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.KafkaRecord;
import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.WithServers;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;

@WithServers(Server.KAFKA)
@SpringBootTest(classes = KitApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(EventConsumerIT.Subscriptions.class)
@ConcurrentTestClass
class EventConsumerIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String GROUP = "consumer-it";
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    /** Receives all events, and handles those of an account as its test asks. */
    static class Listener {
        private final Map<UUID, Function<ReceivedEvent, Mono<Void>>> behaviours = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<ReceivedEvent> heard = new ConcurrentLinkedQueue<>();

        Mono<Void> hear(ReceivedEvent event) {
            heard.add(event);
            return behaviours.getOrDefault(accountOf(event), _ -> Mono.empty()).apply(event);
        }

        List<ReceivedEvent> of(UUID account) {
            return heard.stream()
                    .filter(event -> accountOf(event).equals(account))
                    .toList();
        }

        private static UUID accountOf(ReceivedEvent event) {
            return UUID.fromString(event.event().aggregateId());
        }
    }

    static class Subscriptions {

        @Bean
        Listener group() {
            return new Listener();
        }

        @Bean
        Listener everyone() {
            return new Listener();
        }

        @Bean
        EventSubscription groupSubscription(Listener group) {
            return EventSubscription.shared(GROUP, List.of(Topics.SESSION_EVENTS), group::hear);
        }

        @Bean
        ConcurrentLinkedQueue<DeadLetter> letters() {
            return new ConcurrentLinkedQueue<>();
        }

        @Bean
        DeadLetterSubscription deadLetters(ConcurrentLinkedQueue<DeadLetter> letters) {
            return new DeadLetterSubscription("letters-it", letter -> Mono.fromRunnable(() -> letters.add(letter)));
        }

        @Bean
        EventSubscription firstInstance(Listener everyone) {
            return EventSubscription.broadcast("first", List.of(Topics.SESSION_EVENTS), everyone::hear);
        }

        @Bean
        EventSubscription secondInstance(Listener everyone) {
            return EventSubscription.broadcast("second", List.of(Topics.SESSION_EVENTS), everyone::hear);
        }
    }

    @Autowired
    private Listener group;

    @Autowired
    private Listener everyone;

    @Autowired
    private ConcurrentLinkedQueue<DeadLetter> letters;

    @Autowired
    private EventReplays replays;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec codec;

    @Autowired
    private Kafka kafka;

    private final UUID account = UUID.randomUUID();

    @Test
    void hearsAnEventInItsTrace() {
        var traces = new ConcurrentLinkedQueue<String>();
        group.behaviours.put(account, _ -> TraceLog.<Void>line(() -> traces.add(String.valueOf(MDC.get("traceId")))));
        var sent = publish();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(traces).containsExactly("4bf92f3577b34da6a3ce929d0e0e4736"));
        assertThat(group.of(account)).extracting(ReceivedEvent::id).containsExactly(sent.id());
    }

    @Test
    void waitsDuringAnOutageWithoutDeadLetters() {
        var attempts = new AtomicInteger();
        group.behaviours.put(
                account, _ -> attempts.incrementAndGet() < 5 ? Mono.error(new ConnectException("away")) : Mono.empty());
        publish();

        await().atMost(LONG).untilAsserted(() -> assertThat(attempts).hasValue(5));
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void makesADeadLetterAfterThreeFailuresAndContinues() {
        var attempts = new AtomicInteger();
        var behaved = UUID.randomUUID();
        group.behaviours.put(account, event -> {
            if (event.id().equals(behaved)) {
                return Mono.empty();
            }
            attempts.incrementAndGet();
            return Mono.error(new IllegalStateException("secret-in-message"));
        });
        var bad = publish();
        var good = codec.store(behaved, revoked(), Instant.now(), null);
        run(publisher.publish(List.of(good)));

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(group.of(account))
                        .extracting(ReceivedEvent::id)
                        .contains(behaved));
        assertThat(attempts).hasValue(3);
        assertThat(deadLetters()).hasSize(1);
        assertThat(deadLetters().getFirst().headers())
                .containsEntry("ce_id", bad.id().toString())
                .containsEntry("dlt_reason", IllegalStateException.class.getName())
                .containsEntry("dlt_topic", kafka.topic(Topics.SESSION_EVENTS).name())
                .containsKeys("dlt_partition", "dlt_offset");
        assertThat(deadLetters().getFirst().headers().toString()).doesNotContain("secret-in-message");
    }

    @Test
    void parksWhatItCanNotRead() {
        var topic = kafka.topic(Topics.SESSION_EVENTS);
        var headers = Map.of(
                "ce_id", UUID.randomUUID().toString(),
                "ce_type", "dev.frontdesk.session.revoked.v1",
                "ce_time", Instant.now().toString());
        topic.send(account.toString(), "{not json", headers);
        topic.send(account.toString(), "{}", headers);
        topic.send(account.toString(), "{}", Map.of());
        publish();

        await().atMost(LONG).untilAsserted(() -> assertThat(group.of(account)).hasSize(1));
        assertThat(deadLetters()).hasSize(3);
    }

    @Test
    void parksAtOnceWhatWillNeverBeHandled() {
        var attempts = new AtomicInteger();
        group.behaviours.put(account, _ -> {
            attempts.incrementAndGet();
            return Mono.error(new InvalidEventException("names no queue of\nthis tenant"));
        });
        publish();

        await().atMost(LONG).untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
        assertThat(attempts).hasValue(1);
        assertThat(deadLetters().getFirst().headers()).containsEntry("dlt_detail", "names no queue of this tenant");
    }

    @Test
    void storesOnlyThePositionOfAnEventThatIsTooLarge() {
        var headers = revocation();
        kafka.topic(Topics.SESSION_EVENTS)
                .sendCompressed(account.toString(), new byte[2 * 1024 * 1024], with(headers, "dlt_reason", "forged"));
        publish();

        await().atMost(LONG).untilAsserted(() -> assertThat(group.of(account)).hasSize(1));
        assertThat(deadLetters()).hasSize(1);
        assertThat(deadLetters().getFirst().value()).isEmpty();
        assertThat(deadLetters().getFirst().headers())
                .containsEntry("ce_id", headers.get("ce_id"))
                .containsEntry("dlt_reason", InvalidEventException.class.getName())
                .containsEntry("dlt_size", "2097152")
                .containsEntry("dlt_cut", "true")
                .containsKeys("dlt_partition", "dlt_offset");
        await().atMost(LONG).until(() -> lettersOf(account).size() == 1);
        assertThat(lettersOf(account).getFirst().data()).isNull();
        assertThat(lettersOf(account).getFirst().size()).isEqualTo(2097152);
    }

    @Test
    void parksWhatOnlyItsHeadersMakeTooLarge() {
        kafka.topic(Topics.SESSION_EVENTS)
                .sendCompressed(
                        account.toString(), "{}".getBytes(UTF_8), with(revocation(), "x-long", "x".repeat(2_000_000)));
        publish();

        await().atMost(LONG).untilAsserted(() -> assertThat(group.of(account)).hasSize(1));
        assertThat(deadLetters()).hasSize(1);
        assertThat(deadLetters().getFirst().headers()).doesNotContainKey("x-long");
    }

    @Test
    void tellsWhereAnEventIsWrong() {
        var topic = kafka.topic(Topics.SESSION_EVENTS);
        topic.send(account.toString(), "{\"tenant\":\"acme\",\n  secret-not-json", revocation());
        topic.send(account.toString(), "{\"tenant\":\"acme\",\"account_id\":\"secret-no-uuid\"}", revocation());

        await().atMost(LONG).untilAsserted(() -> assertThat(deadLetters()).hasSize(2));
        assertThat(deadLetters())
                .extracting(letter -> letter.headers().get("dlt_detail"))
                .satisfiesExactly(
                        detail -> assertThat(detail).startsWith("not JSON, line 2, column"),
                        detail -> assertThat(detail).isEqualTo("missing or wrong: account_id"));
        assertThat(deadLetters().toString()).contains("secret-no-uuid");
        assertThat(deadLetters())
                .allSatisfy(letter -> assertThat(letter.headers().toString()).doesNotContain("secret"));
    }

    @Test
    void replaysADeadLetter() {
        var attempts = new AtomicInteger();
        group.behaviours.put(
                account,
                _ -> attempts.incrementAndGet() <= 6
                        ? Mono.error(new IllegalStateException("not mended yet"))
                        : Mono.empty());
        var sent = publish();
        await().atMost(LONG).until(() -> lettersOf(account).size() == 1);
        var letter = lettersOf(account).getFirst();
        assertThat(letter.group()).isEqualTo(GROUP);
        assertThat(letter.topic()).isEqualTo(kafka.topic(Topics.SESSION_EVENTS).name());
        assertThat(letter.reason()).isEqualTo(IllegalStateException.class.getName());

        verifyEnded(replays.replay(GROUP, letter.headers(), requireNonNull(letter.data())))
                .verifyErrorMessage("not mended yet");
        run(replays.replay(GROUP, letter.headers(), requireNonNull(letter.data())));

        assertThat(attempts).hasValue(7);
        assertThat(group.of(account)).last().extracting(ReceivedEvent::id).isEqualTo(sent.id());
    }

    @Test
    void ignoresAnUnknownType() {
        kafka.topic(Topics.SESSION_EVENTS)
                .send(
                        account.toString(),
                        "{}",
                        Map.of(
                                "ce_id", UUID.randomUUID().toString(),
                                "ce_type", "dev.frontdesk.session.from-the-future.v9",
                                "ce_time", Instant.now().toString()));
        publish();

        await().atMost(LONG).untilAsserted(() -> assertThat(group.of(account)).hasSize(1));
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aBroadcastReachesEveryInstance() {
        // A broadcast subscription starts at the end of the topic, so the first events may be missed.
        await().atMost(LONG).untilAsserted(() -> {
            publish();
            assertThat(everyone.of(account))
                    .extracting(ReceivedEvent::id)
                    .hasSizeGreaterThan(1)
                    .anySatisfy(id -> assertThat(everyone.of(account).stream()
                                    .filter(event -> event.id().equals(id)))
                            .hasSize(2));
        });
    }

    private StoredEvent publish() {
        var event = codec.store(UUID.randomUUID(), revoked(), Instant.now(), TRACEPARENT);
        run(publisher.publish(List.of(event)));
        return event;
    }

    private SessionRevoked revoked() {
        return new SessionRevoked("acme", account, UUID.randomUUID(), Instant.now());
    }

    private static Map<String, String> revocation() {
        return Map.of(
                "ce_id", UUID.randomUUID().toString(),
                "ce_type", "dev.frontdesk.session.revoked.v1",
                "ce_time", Instant.now().toString());
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        var all = new HashMap<>(headers);
        all.put(name, value);
        return all;
    }

    private List<DeadLetter> lettersOf(UUID account) {
        return letters.stream()
                .filter(letter -> account.toString().equals(letter.key()))
                .toList();
    }

    private List<KafkaRecord> deadLetters() {
        return kafka.topic(Topics.deadLettersOf(Topics.SESSION_EVENTS, GROUP)).records().stream()
                .filter(letter -> account.toString().equals(letter.key()))
                .toList();
    }

    private static void run(Mono<Void> work) {
        verifyEnded(work).verifyComplete();
    }
}
