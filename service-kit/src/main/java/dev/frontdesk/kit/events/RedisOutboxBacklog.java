package dev.frontdesk.kit.events;

import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the backlog of a {@link RedisOutbox}: one script per partition, because each may be on another server. */
final class RedisOutboxBacklog {

    private static final LuaScript READ_BACKLOG = LuaScript.alsoWhenFull("outbox/read_backlog");
    private static final int CONCURRENCY = 8;

    private final RedisOutbox outbox;
    private final ReactiveStringRedisTemplate redis;

    RedisOutboxBacklog(RedisOutbox outbox, ReactiveStringRedisTemplate redis) {
        this.outbox = outbox;
        this.redis = redis;
    }

    /** Of all partitions; fails if one can't be read. */
    Mono<OutboxBacklog> read() {
        return Flux.fromIterable(Partition.all())
                .flatMap(this::read, CONCURRENCY)
                .reduce(OutboxBacklog::and);
    }

    private Mono<OutboxBacklog> read(Partition partition) {
        return READ_BACKLOG
                .run(redis, List.of(outbox.streamKey(partition)), List.of())
                .map(reply -> new OutboxBacklog(
                        Long.parseLong(reply.get(0)), Duration.ofMillis(Long.parseLong(reply.get(1)))));
    }
}
