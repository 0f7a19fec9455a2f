package dev.frontdesk.kit.events;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.kit.KitApplication;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Kafka;
import dev.frontdesk.testsupport.servers.Server;
import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;

/** A relay that is stopped while Kafka has received a batch but not yet confirmed it. */
@WithServers(value = Server.REDIS, own = Server.KAFKA)
@SpringBootTest(classes = KitApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ConcurrentTestClass
class RelayStopIT {

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

    @Test
    void finishesItsCurrentBatch() throws Exception {
        var outbox = new RedisOutbox(keys, "stopped-outbox");
        var relay = new RedisOutboxRelay(outbox, redis, publisher, codec);
        relay.start();
        add(outbox);
        await().atMost(LONG).untilAsserted(() -> assertThat(waiting(outbox)).isZero());

        kafka.pause();
        add(outbox);
        await().atMost(LONG).until(() -> answerOf(redis.hasKey(outbox.leaseKey(PARTITION))));
        var stopped = new CompletableFuture<Void>();
        relay.stop(() -> stopped.complete(null));
        assertThat(stopped).isNotDone();
        kafka.resume();
        stopped.get(LONG.toSeconds(), TimeUnit.SECONDS);

        assertThat(waiting(outbox)).isZero();
        assertThat(kafka.topic(Topics.SESSION_EVENTS).records()).hasSize(2);
    }

    private void add(RedisOutbox outbox) {
        var event = new SessionRevoked("acme", UUID.randomUUID(), UUID.randomUUID(), Instant.now());
        answerOf(recorder.recordAsJson(event)
                .flatMap(json -> redis.opsForStream().add(outbox.streamKey(PARTITION), Map.of("event", json))));
    }

    private long waiting(RedisOutbox outbox) {
        return answerOf(redis.opsForStream().size(outbox.streamKey(PARTITION)));
    }

    private static <T> T answerOf(Mono<T> question) {
        var answer = new CompletableFuture<T>();
        verifyEnded(question).consumeNextWith(answer::complete).verifyComplete();
        return answer.join();
    }
}
