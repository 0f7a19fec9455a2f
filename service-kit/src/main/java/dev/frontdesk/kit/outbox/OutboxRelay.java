package dev.frontdesk.kit.outbox;

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

    private final String name;
    private final AtomicBoolean failing = new AtomicBoolean();
    private @Nullable Disposable running;

    OutboxRelay(String name) {
        this.name = name;
    }

    /** Relays for ever. */
    protected abstract Flux<Void> relay();

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
        running = Flux.defer(this::relay)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, SWEEP).doBeforeRetry(signal -> reported(signal.failure())))
                .subscribe();
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
