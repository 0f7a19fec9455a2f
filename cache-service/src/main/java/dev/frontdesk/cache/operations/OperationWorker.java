package dev.frontdesk.cache.operations;

import dev.frontdesk.kit.lifecycle.BackgroundWork;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Works on operations in turns, a chunk of one at a time. When an instance dies, what it had in hand is claimed by another one at the end
 * of its lease.
 */
@Component
class OperationWorker extends BackgroundWork {

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Longer than a chunk of work takes. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final StoredOperations operations;
    private final WarmUpWork warmUps;
    private final DeletionWork deletions;
    private final MeterRegistry meters;
    private final int atOnce;
    private final Sinks.Many<Long> woken = Sinks.many().multicast().directBestEffort();

    OperationWorker(
            StoredOperations operations,
            WarmUpWork warmUps,
            DeletionWork deletions,
            OperationsProperties properties,
            MeterRegistry meters) {
        super("Working on cache operations");
        this.operations = operations;
        this.warmUps = warmUps;
        this.deletions = deletions;
        this.atOnce = properties.atOnce();
        this.meters = meters;
    }

    /** There is a new operation. If this is missed, the next beat finds it. */
    void wake() {
        woken.tryEmitNext(0L);
    }

    @Override
    protected Flux<Void> work() {
        return Flux.merge(1, beats(EVERY), woken.asFlux()).flatMap(_ -> turns(), atOnce);
    }

    /** Until no operation is due before the next beat. */
    private Mono<Void> turns() {
        return unlessStopping(turn())
                .flatMap(wait -> wait.isZero()
                        ? Mono.just(true)
                        : wait.compareTo(EVERY) < 0 ? Mono.delay(wait).thenReturn(true) : Mono.just(false))
                .defaultIfEmpty(false)
                .repeat()
                .takeWhile(goesOn -> goesOn)
                .then()
                .onErrorResume(this::reported);
    }

    /** @return the time until the next turn */
    private Mono<Duration> turn() {
        return operations.claim(LEASE, warmUps.mostKeys()).flatMap(turn -> switch (turn) {
            case Turn.Claimed claimed -> work(claimed).thenReturn(Duration.ZERO);
            case Turn.None none -> Mono.just(none.dueIn() == null ? EVERY : none.dueIn());
        });
    }

    /** What fails is tried again when the lease ends, by this or another instance. */
    private Mono<Void> work(Turn.Claimed claimed) {
        Mono<Progress> chunk =
                switch (claimed.kind()) {
                    case WARM_UP -> warmUps.next(claimed);
                    case DELETION -> deletions.next(claimed);
                };
        return chunk.flatMap(progress -> store(claimed, progress))
                .doOnSuccess(_ -> recovered())
                .onErrorResume(this::reported);
    }

    private Mono<Void> store(Turn.Claimed claimed, Progress progress) {
        return operations.store(claimed, progress).flatMap(stored -> {
            if (stored) {
                count(claimed, progress);
            }
            return Mono.empty();
        });
    }

    private void count(Turn.Claimed claimed, Progress progress) {
        String result =
                switch (progress.next()) {
                    case Progress.Next.At _ -> "";
                    case Progress.Next.Done _ -> "done";
                    case Progress.Next.Failed _ -> "failed";
                };
        if (!result.isEmpty()) {
            Counter.builder("frontdesk.cache.operations")
                    .description("Operations that have ended")
                    .tag("kind", claimed.kind().text())
                    .tag("result", result)
                    .register(meters)
                    .increment();
        }
    }
}
