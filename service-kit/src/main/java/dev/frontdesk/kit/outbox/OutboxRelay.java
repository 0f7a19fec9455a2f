package dev.frontdesk.kit.outbox;

import dev.frontdesk.kit.drain.Phases;
import dev.frontdesk.kit.drain.WorkInHand;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Runs a relay from the application's start to its end, and says once, not every second, when a part is away. */
abstract class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    /** What is not done by then is sent once more, by whoever relays next. */
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(5);

    private final String name;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile WorkInHand inHand = new WorkInHand();
    private @Nullable Disposable running;

    OutboxRelay(String name) {
        this.name = name;
    }

    /** Relays for ever. */
    protected abstract Flux<Void> relay();

    /** A batch in full, from the look for it to its end; empty when the relay stops. */
    final <T> Mono<T> unlessStopping(Mono<T> batch) {
        return Mono.defer(() -> inHand.unlessStopping(batch));
    }

    /** A beat for what no wake-up told of; beats that find the relay at work are dropped. */
    static Flux<Long> sweeps() {
        return Flux.interval(Duration.ZERO, SWEEP).onBackpressureDrop();
    }

    /** What waits stays where it is until the next beat. */
    <T> Mono<T> reported(Throwable error) {
        if (failing.compareAndSet(false, true)) {
            log.warn("{} can't relay for now, its entries wait: {}", name, error.toString());
        }
        return Mono.empty();
    }

    void recovered() {
        if (failing.compareAndSet(true, false)) {
            log.info("{} relays again", name);
        }
    }

    @Override
    public synchronized void start() {
        inHand = new WorkInHand();
        running = Flux.defer(this::relay)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, SWEEP).doBeforeRetry(signal -> reported(signal.failure())))
                .subscribe();
    }

    /** A batch that is cut off is in Kafka and in the outbox, and all of it would be sent twice. */
    @Override
    public synchronized void stop(Runnable stopped) {
        Disposable relaying = running;
        running = null;
        inHand.stop()
                .timeout(FINISH_WITHIN, Mono.fromRunnable(() -> log.warn("{} could not finish its batch", name)))
                .doFinally(_ -> {
                    if (relaying != null) {
                        relaying.dispose();
                    }
                    stopped.run();
                })
                .subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return Phases.BACKGROUND;
    }
}
