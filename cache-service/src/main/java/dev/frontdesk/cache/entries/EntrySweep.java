package dev.frontdesk.cache.entries;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.redis.Partition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes entries that have expired from what is counted, because Redis tells that to no one, and deletes those that were
 * invalidated. Every instance does it for all tenants; two at once do no harm.
 */
@Component
class EntrySweep extends BackgroundWork {

    private static final LuaScript SWEEP = LuaScript.alsoWhenFull("entries/sweep_entries");
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** A script keeps all others waiting. */
    private static final String MOST_AT_ONCE = "200";

    /** Scripts in a row: the next partitions and the next beat have their turn. */
    private static final int MOST_OF_A_PARTITION = 50;

    private final DirectRedis redis;
    private final CacheKeys keys;

    EntrySweep(DirectRedis redis, KeySpace keySpace) {
        super("The sweep of cache entries");
        this.redis = redis;
        this.keys = new CacheKeys(keySpace);
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY)
                .concatMap(_ ->
                        unlessStopping(sweep().doOnSuccess(_ -> recovered())).onErrorResume(this::reported));
    }

    /** Fails with the first error, after all partitions: those of a master that is away must not keep the others from being swept. */
    private Mono<Void> sweep() {
        return Flux.fromIterable(Partition.all())
                .concatMap(partition -> sweep(partition).then(Mono.<Throwable>empty()).onErrorResume(Mono::just))
                .collectList()
                .flatMap(errors -> errors.isEmpty() ? Mono.empty() : Mono.error(errors.getFirst()));
    }

    private Mono<Void> sweep(Partition partition) {
        return redis.run(SWEEP, keys.sweeps(partition), keys.prefix(), partition.tag(), MOST_AT_ONCE)
                .repeat(MOST_OF_A_PARTITION)
                .takeUntil(EntrySweep::isDone)
                .then();
    }

    private static boolean isDone(List<byte @Nullable []> reply) {
        return new String(Objects.requireNonNull(reply.getLast()), StandardCharsets.UTF_8).equals("0");
    }
}
