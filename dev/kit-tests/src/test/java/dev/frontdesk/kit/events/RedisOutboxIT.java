package dev.frontdesk.kit.events;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.kit.KitApplication;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.KafkaRecord;
import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.redis.connection.stream.RecordId;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;

/** On a Cluster: what works there also works on a single server. */
@WithServers({Server.REDIS_CLUSTER, Server.KAFKA})
@SpringBootTest(classes = KitApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ConcurrentTestClass
class RedisOutboxIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Partition PARTITION = new Partition(17);

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Autowired
    private KeySpace keys;

    @Autowired
    private EventRecorder recorder;

    @Autowired
    private EventCodec codec;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private Kafka kafka;

    private final UUID account = UUID.randomUUID();
    private final List<RedisOutboxRelay> relays = new java.util.ArrayList<>();

    @AfterEach
    void stopRelays() {
        relays.forEach(RedisOutboxRelay::stop);
    }

    @Test
    void carriesAnEntryAndLeavesNothingBehind() {
        var outbox = new RedisOutbox(keys, "woken-outbox");
        startRelay(outbox);

        add(outbox, 1);
        run(redis.convertAndSend(outbox.wakeChannel(), "17").then());

        await().atMost(LONG).untilAsserted(() -> assertThat(published()).hasSize(1));
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(exists(outbox.streamKey(PARTITION))).isFalse();
            assertThat(exists(outbox.leaseKey(PARTITION))).isFalse();
        });
    }

    @Test
    void findsEventsWithoutAMessage() {
        var outbox = new RedisOutbox(keys, "swept-outbox");
        startRelay(outbox);

        add(outbox, 250);

        await().atMost(LONG).untilAsserted(() -> assertThat(published()).hasSize(250));
    }

    @Test
    void twoRelaysCarryEverythingInOrder() {
        var outbox = new RedisOutbox(keys, "shared-outbox");
        List<String> sessions = add(outbox, 150);
        startRelay(outbox);
        startRelay(outbox);
        run(redis.convertAndSend(outbox.wakeChannel(), "17").then());

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(published().stream()
                                .map(event -> event.value().replaceAll(".*\"session_id\":\"([^\"]+)\".*", "$1"))
                                .distinct())
                        .containsExactlyElementsOf(sessions));
    }

    @Test
    void anotherRelayTakesOverAPartitionWhoseLeaseRanOut() {
        var outbox = new RedisOutbox(keys, "orphaned-outbox");
        add(outbox, 1);
        var takeBatch = new LuaScript("outbox/take_batch");
        var outboxKeys = List.of(outbox.streamKey(PARTITION), outbox.leaseKey(PARTITION));

        verifyEnded(takeBatch.run(redis, outboxKeys, List.of("dead", "60000", "10")))
                .assertNext(entries -> assertThat(entries).hasSize(2))
                .verifyComplete();
        verifyEnded(takeBatch.run(redis, outboxKeys, List.of("alive", "60000", "10")))
                .expectNext(List.of())
                .verifyComplete();
        run(redis.expire(outbox.leaseKey(PARTITION), Duration.ofMillis(1)).then());
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(exists(outbox.leaseKey(PARTITION))).isFalse());
        verifyEnded(takeBatch.run(redis, outboxKeys, List.of("alive", "60000", "10")))
                .assertNext(entries -> assertThat(entries).hasSize(2))
                .verifyComplete();
    }

    @Test
    void readsHowManyEventsWaitAndForHowLong() {
        var outbox = new RedisOutbox(keys, "read-outbox");
        var backlog = new RedisOutboxBacklog(outbox, redis);
        verifyEnded(backlog.read())
                .expectNext(new OutboxBacklog(0, Duration.ZERO))
                .verifyComplete();
        long anHourAgo = Instant.now().minus(Duration.ofHours(1)).toEpochMilli();

        add(outbox, 1);
        run(redis.opsForStream()
                .add(StreamRecords.string(Map.of("event", "old"))
                        .withStreamKey(outbox.streamKey(new Partition(3)))
                        .withId(RecordId.of(anHourAgo, 0)))
                .then());

        verifyEnded(backlog.read())
                .assertNext(read -> {
                    assertThat(read.events()).isEqualTo(2);
                    assertThat(read.age()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(119));
                })
                .verifyComplete();
    }

    private void startRelay(RedisOutbox outbox) {
        var relay = new RedisOutboxRelay(outbox, redis, publisher, codec);
        relay.start();
        relays.add(relay);
    }

    private List<String> add(RedisOutbox outbox, int count) {
        var added = new java.util.ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var session = UUID.randomUUID();
            added.add(session.toString());
            run(recorder.recordAsJson(new SessionRevoked("acme", account, session, Instant.now()))
                    .flatMap(event -> redis.opsForStream().add(outbox.streamKey(PARTITION), Map.of("event", event)))
                    .then());
        }
        return added;
    }

    private List<KafkaRecord> published() {
        return kafka.topic(Topics.SESSION_EVENTS).records().stream()
                .filter(event -> account.toString().equals(event.key()))
                .toList();
    }

    private boolean exists(String key) {
        var seen = new boolean[1];
        verifyEnded(redis.hasKey(key)).consumeNextWith(found -> seen[0] = found).verifyComplete();
        return seen[0];
    }

    private static void run(Mono<Void> work) {
        verifyEnded(work).verifyComplete();
    }
}
