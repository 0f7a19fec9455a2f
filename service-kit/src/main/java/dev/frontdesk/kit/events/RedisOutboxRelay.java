package dev.frontdesk.kit.events;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.ReactiveSubscription;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Sends the events of a {@link RedisOutbox} to Kafka, in order within a partition and at least once: an entry is
 * deleted only after Kafka has it. A message wakes it; a sweep finds entries that remain after a lost message or the
 * failure of another relay.
 */
public final class RedisOutboxRelay extends BackgroundWork {

    private static final LuaScript TAKE_BATCH = LuaScript.alsoWhenFull("outbox/take_batch");
    private static final LuaScript DROP_SENT = LuaScript.alsoWhenFull("outbox/drop_sent");

    /** Longer than one publication may take, so that a slow Kafka does not give the partition to a second relay. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /**
     * Timeout of one script, in addition to the client's own: a client that started while Redis was slow was observed
     * to lose a reply without ever timing out. A drain that waits for that reply would block its partition.
     */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);

    private static final Duration RESUBSCRIBE = Duration.ofSeconds(1);
    private static final int BATCH = 100;

    /** Polls at this interval for events whose wake-up was lost. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    /** Maximum number of buffered wake-ups; the sweep finds the events of dropped ones. */
    private static final int WAKE_UPS = 1024;

    private final RedisOutbox outbox;
    private final ReactiveStringRedisTemplate redis;
    private final EventPublisher publisher;
    private final EventCodec codec;
    private final String owner = UUID.randomUUID().toString();

    public RedisOutboxRelay(
            RedisOutbox outbox, ReactiveStringRedisTemplate redis, EventPublisher publisher, EventCodec codec) {
        super(outbox.feature());
        this.outbox = outbox;
        this.redis = redis;
        this.publisher = publisher;
        this.codec = codec;
    }

    @Override
    protected Flux<Void> work() {
        // Deferred, because each subscription has its own connection, which is closed with it.
        Flux<Partition> woken = Flux.defer(() -> redis.listenTo(ChannelTopic.of(outbox.wakeChannel())))
                .map(ReactiveSubscription.Message::getMessage)
                .map(number -> new Partition(Integer.parseInt(number)))
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RESUBSCRIBE))
                .onBackpressureBuffer(WAKE_UPS, BufferOverflowStrategy.DROP_OLDEST);
        Flux<Partition> swept = beats(SWEEP).concatMapIterable(_ -> Partition.all(), 1);
        // One drain per partition at a time, and another one after it if a wake-up arrived in the meantime.
        return Flux.merge(woken, swept)
                .groupBy(partition -> partition)
                .flatMap(same -> same.onBackpressureLatest().concatMap(this::drain, 1), Partition.COUNT);
    }

    private Mono<Void> drain(Partition partition) {
        return batch(partition)
                .repeat(() -> true)
                .takeWhile(left -> left > 0)
                .then()
                .onErrorResume(this::reported);
    }

    /** @return the number of remaining entries */
    private Mono<Long> batch(Partition partition) {
        var args = List.of(owner, Long.toString(LEASE.toMillis()), Integer.toString(BATCH));
        return unlessStopping(TAKE_BATCH
                        .run(redis, keys(partition), args)
                        .timeout(ANSWERED_WITHIN)
                        .flatMap(entries -> entries.isEmpty() ? Mono.just(0L) : send(partition, entries))
                        .doOnNext(_ -> recovered()))
                .defaultIfEmpty(0L);
    }

    private Mono<Long> send(Partition partition, List<String> entries) {
        List<String> ids = new ArrayList<>();
        List<StoredEvent> events = new ArrayList<>();
        for (int i = 0; i < entries.size(); i += 2) {
            ids.add(entries.get(i));
            events.add(codec.readStored(entries.get(i + 1)));
        }
        List<String> args = Stream.concat(Stream.of(owner), ids.stream()).toList();
        return publisher
                .publish(events)
                .then(DROP_SENT.run(redis, keys(partition), args).timeout(ANSWERED_WITHIN))
                .map(reply -> Long.parseLong(reply.getFirst()));
    }

    private List<String> keys(Partition partition) {
        return List.of(outbox.streamKey(partition), outbox.leaseKey(partition));
    }
}
