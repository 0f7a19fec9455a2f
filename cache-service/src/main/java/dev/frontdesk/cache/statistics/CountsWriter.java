package dev.frontdesk.cache.statistics;

import dev.frontdesk.cache.entries.EntryCounts;
import dev.frontdesk.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Adds the counts of this process to those in Redis. A failed attempt is not repeated: it may have been stored. */
@Component
final class CountsWriter extends BackgroundWork {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final EntryCounts counts;
    private final StoredCounts stored;

    CountsWriter(EntryCounts counts, StoredCounts stored) {
        super("Writing the counts of the cache");
        this.counts = counts;
        this.stored = stored;
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
        return Mono.fromSupplier(counts::take).flatMap(stored::add);
    }
}
