package dev.frontdesk.notification.jobs;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.frontdesk.kit.resilience.Outages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Collects items that arrive while a statement is running and handles them in the next one, so that they share its round
 * trip and its commit to disk. If no statement is running, an item gets one immediately and by itself. Commits to disk
 * come one after the other, so a few items beside a large batch would only delay the next large one: another statement
 * begins when more items wait than are in progress, when their number fills one, or when the last statement takes long.
 * Callers that add their next item as soon as they have the result of the last one then share one statement, not two of
 * half the size in turn. If a batch fails because of its content, its items are tried again one by one, so that no item
 * fails because of another.
 *
 * @param <T> item to write or to look up
 * @param <R> result for the caller
 */
public final class BatchedStatements<T, R> {

    private static final long LONG_MILLIS = 20;

    private record Waiting<T, R>(T item, int weight, Sinks.One<R> told, AtomicBoolean givenUp) {}

    private final Function<List<T>, Mono<List<R>>> statement;
    private final ToIntFunction<T> weight;
    private final int largest;
    private final int heaviest;
    private final int atOnce;
    private final int mostWaiting;
    private final Scheduler timer;

    private final Queue<Waiting<T, R>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingWeight = new AtomicInteger();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger runningCount = new AtomicInteger();
    private volatile long lastBegun;

    /**
     * @param statement returns one result per item, in the order of the items
     * @param weight of an item, in any unit
     * @param largest maximum number of items in one statement
     * @param heaviest maximum total weight of one statement; a single item may exceed it
     * @param atOnce maximum number of concurrent statements
     * @param mostWaiting maximum total weight of waiting items; further items fail with
     *     {@link RejectedExecutionException}
     */
    public BatchedStatements(
            Function<List<T>, Mono<List<R>>> statement,
            ToIntFunction<T> weight,
            int largest,
            int heaviest,
            int atOnce,
            int mostWaiting) {
        this(statement, weight, largest, heaviest, atOnce, mostWaiting, Schedulers.parallel());
    }

    /** @param timer measures how long a statement takes */
    BatchedStatements(
            Function<List<T>, Mono<List<R>>> statement,
            ToIntFunction<T> weight,
            int largest,
            int heaviest,
            int atOnce,
            int mostWaiting,
            Scheduler timer) {
        this.statement = statement;
        this.weight = weight;
        this.largest = largest;
        this.heaviest = heaviest;
        this.atOnce = atOnce;
        this.mostWaiting = mostWaiting;
        this.timer = timer;
    }

    /** An item whose caller has cancelled is left out, unless its statement is already running. */
    public Mono<R> run(T item) {
        return Mono.defer(() -> {
            int own = weight.applyAsInt(item);
            if (waitingWeight.addAndGet(own) > mostWaiting) {
                waitingWeight.addAndGet(-own);
                return Mono.error(new RejectedExecutionException("too many items wait for the database"));
            }
            var entry = new Waiting<T, R>(item, own, Sinks.one(), new AtomicBoolean());
            waitingCount.incrementAndGet();
            waiting.add(entry);
            runWaiting();
            return entry.told().asMono().doOnCancel(() -> entry.givenUp().set(true));
        });
    }

    private void runWaiting() {
        while (!waiting.isEmpty()) {
            int now = running.get();
            if (!mayRunBeside(now)) {
                return;
            }
            if (!running.compareAndSet(now, now + 1)) {
                continue;
            }
            var batch = nextBatch();
            if (batch.isEmpty()) {
                running.decrementAndGet();
            } else {
                begin(batch);
            }
        }
    }

    private boolean mayRunBeside(int others) {
        return others == 0
                || others < atOnce
                        && (waitingCount.get() > runningCount.get()
                                || waitingCount.get() >= largest
                                || timer.now(MILLISECONDS) - lastBegun >= LONG_MILLIS);
    }

    private void begin(List<Waiting<T, R>> batch) {
        runningCount.addAndGet(batch.size());
        lastBegun = timer.now(MILLISECONDS);
        // Also if it ends before: another one that began earlier may still be running.
        Mono.delay(Duration.ofMillis(LONG_MILLIS), timer).subscribe(_ -> runWaiting());
        runBatch(batch).doFinally(_ -> runMore(batch.size())).subscribe();
    }

    private void runMore(int ended) {
        runningCount.addAndGet(-ended);
        running.decrementAndGet();
        runWaiting();
    }

    /** Takes the next items. Several threads may call this at the same time; a batch may exceed its weight a little. */
    private List<Waiting<T, R>> nextBatch() {
        var batch = new ArrayList<Waiting<T, R>>();
        int together = 0;
        while (batch.size() < largest && together < heaviest) {
            var next = waiting.poll();
            if (next == null) {
                break;
            }
            waitingCount.decrementAndGet();
            waitingWeight.addAndGet(-next.weight());
            if (!next.givenUp().get()) {
                together += next.weight();
                batch.add(next);
            }
        }
        return batch;
    }

    private Mono<Void> runBatch(List<Waiting<T, R>> batch) {
        return Mono.defer(
                        () -> statement.apply(batch.stream().map(Waiting::item).toList()))
                .doOnNext(results -> {
                    for (int i = 0; i < batch.size(); i++) {
                        batch.get(i).told().tryEmitValue(results.get(i));
                    }
                })
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("the statement had no result")))
                .then()
                .onErrorResume(
                        error -> batch.size() == 1 || Outages.isBehind(error) ? fail(batch, error) : oneByOne(batch));
    }

    /** Until the database is unavailable: then the others would only wait for it, one after the other. */
    private Mono<Void> oneByOne(List<Waiting<T, R>> batch) {
        var outage = new AtomicReference<@Nullable Throwable>();
        return Flux.fromIterable(batch)
                .filter(entry -> !entry.givenUp().get())
                .concatMap(
                        entry -> {
                            Throwable known = outage.get();
                            return known == null ? runAlone(entry, outage) : fail(List.of(entry), known);
                        },
                        1)
                .then();
    }

    private Mono<Void> runAlone(Waiting<T, R> entry, AtomicReference<@Nullable Throwable> outage) {
        return Mono.defer(() -> statement.apply(List.of(entry.item())))
                .doOnNext(results -> entry.told().tryEmitValue(results.getFirst()))
                .then()
                .onErrorResume(error -> {
                    if (Outages.isBehind(error)) {
                        outage.set(error);
                    }
                    return fail(List.of(entry), error);
                });
    }

    private static <T, R> Mono<Void> fail(List<Waiting<T, R>> batch, Throwable error) {
        batch.forEach(entry -> entry.told().tryEmitError(error));
        return Mono.empty();
    }
}
