package dev.frontdesk.cache.statistics;

import dev.frontdesk.cache.entries.EntryCounts;
import dev.frontdesk.cache.entries.HotKeys;
import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Adds the counts of this process to those in Redis. A failed attempt is not repeated: it may have been stored. */
@Component
final class CountsWriter extends BackgroundWork {

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Of a tenant and an instance, in each second. */
    private static final int MOST_HOT_KEYS = 20;

    private final EntryCounts counts;
    private final HotKeys hotKeys;
    private final StoredCounts stored;
    private final StoredHotKeys storedHotKeys;

    CountsWriter(EntryCounts counts, HotKeys hotKeys, StoredCounts stored, StoredHotKeys storedHotKeys) {
        super("Writing the counts of the cache");
        this.counts = counts;
        this.hotKeys = hotKeys;
        this.stored = stored;
        this.storedHotKeys = storedHotKeys;
    }

    @Override
    protected Flux<Void> work() {
        return beats(EVERY)
                .concatMap(_ ->
                        unlessStopping(write().doOnSuccess(_ -> recovered())).onErrorResume(this::reported));
    }

    /** What is being counted, and what was counted before. */
    @Override
    protected Mono<Void> lastWork() {
        return write().then(write());
    }

    private Mono<Void> write() {
        return Mono.defer(() -> {
            var reads = hotKeys.take(MOST_HOT_KEYS);
            return Mono.whenDelayError(stored.add(counts.take()), storedHotKeys.add(reads));
        });
    }
}
