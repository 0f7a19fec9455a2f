package dev.frontdesk.kit.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.kit.KitService;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.TestEnvironment;
import dev.frontdesk.testsupport.servers.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A consumer that is stopped in the middle of its work, on a real Kafka. */
@ConcurrentTestClass
class ConsumerStopIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int EVENTS = 30;
    private static final int UNTIL_HELD = 5;
    private static final TestEnvironment ENVIRONMENT = TestEnvironment.with(Server.KAFKA);

    private final String name = "stop-it-" + UUID.randomUUID();

    /** Of the topic and of the group. */
    private final String nameInKafka = ENVIRONMENT.variable("FRONTDESK_KAFKA_TOPICPREFIX") + name;

    private final ConcurrentLinkedQueue<UUID> begun = new ConcurrentLinkedQueue<>();
    private final Sinks.Empty<Void> gate = Sinks.empty();

    @Test
    void leavesNothingHalfDoneAndNothingOut() throws Exception {
        var sent = sendEvents();
        int handledFirst;
        try (var first = start(_ -> begun.size() > UNTIL_HELD ? gate.asMono() : Mono.empty())) {
            await().atMost(LONG).until(() -> begun.size() > UNTIL_HELD);
            var consumers = first.getBean(EventConsumers.class);

            CompletableFuture<Void> closed = CompletableFuture.runAsync(first::close, Thread::startVirtualThread);
            await().atMost(LONG).until(() -> !consumers.isRunning());
            gate.tryEmitEmpty();
            closed.get(LONG.toSeconds(), TimeUnit.SECONDS);

            handledFirst = begun.size();
            assertThat(handledFirst).isGreaterThan(UNTIL_HELD).isLessThan(EVENTS);
            assertThat(committed()).isEqualTo(handledFirst);
            assertThat(members()).isZero();
        }

        try (var _ = start(_ -> Mono.empty())) {
            await().atMost(LONG).until(() -> new HashSet<>(begun).containsAll(sent));
            assertThat(begun).hasSize(EVENTS);
        }
        assertThat(committed()).isEqualTo(EVENTS);
    }

    @Test
    void doesNotWaitForEverForWhatDoesNotEnd() throws Exception {
        sendEvents();
        try (var service = start(_ -> Mono.never())) {
            await().atMost(LONG).until(() -> !begun.isEmpty());

            CompletableFuture.runAsync(service::close, Thread::startVirtualThread)
                    .get(LONG.toSeconds(), TimeUnit.SECONDS);

            assertThat(committed()).isZero();
            assertThat(members()).isZero();
        }
    }

    /** First records that it has started, because from then on an effect may have happened. */
    private ConfigurableApplicationContext start(Function<ReceivedEvent, Mono<Void>> handler) {
        var subscription = EventSubscription.shared(name, List.of(name), event -> {
            begun.add(event.id());
            return handler.apply(event);
        });
        return KitService.start(
                ENVIRONMENT, context -> context.registerBean(EventSubscription.class, () -> subscription));
    }

    private List<UUID> sendEvents() {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < EVENTS; i++) {
            var id = UUID.randomUUID();
            var account = new UUID(0, i % 6);
            var json = """
                    {"tenant":"acme","account_id":"%s","session_id":"%s","revoked_at":"2026-11-21T09:00:00Z"}""".formatted(account, UUID.randomUUID());
            TestServers.kafka()
                    .topic(nameInKafka)
                    .send(
                            account.toString(),
                            json,
                            Map.of(
                                    "ce_id", id.toString(),
                                    "ce_type", "dev.frontdesk.session.revoked.v1",
                                    "ce_time", Instant.now().toString()));
            ids.add(id);
        }
        return ids;
    }

    /** How many records the group has committed, over all partitions, each of which begins at 0. */
    private long committed() throws Exception {
        try (var admin = admin()) {
            return admin
                    .listConsumerGroupOffsets(nameInKafka)
                    .partitionsToOffsetAndMetadata()
                    .get(LONG.toSeconds(), TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .mapToLong(committed -> committed.offset())
                    .sum();
        }
    }

    private int members() throws Exception {
        try (var admin = admin()) {
            return admin
                    .describeConsumerGroups(List.of(nameInKafka))
                    .all()
                    .get(LONG.toSeconds(), TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .mapToInt(group -> group.members().size())
                    .sum();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.kafka().servers()));
    }
}
