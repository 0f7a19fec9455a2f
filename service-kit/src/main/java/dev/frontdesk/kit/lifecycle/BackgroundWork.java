package dev.frontdesk.kit.lifecycle;

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

/**
 * Work that runs alongside requests from the application's start to its end. At a stop it finishes the current batch.
 * When a dependency is unavailable it logs this once, not at every retry.
 */
public abstract class BackgroundWork implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BackgroundWork.class);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    /** Work that is not finished by then is repeated later, by this or another instance. */
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(5);

    private final String name;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile InFlightWork inHand = new InFlightWork();
    private @Nullable Disposable running;

    /** @param name the name in logs */
    protected BackgroundWork(String name) {
        this.name = name;
    }

    /** Must not complete by itself; it is restarted after an error. */
    protected abstract Flux<Void> work();

    /** Runs once at a stop, after the current batch: for what would otherwise be lost with the process. */
    protected Mono<Void> lastWork() {
        return Mono.empty();
    }

    /** Wraps a whole batch, including the query that finds it; empty when the work is stopping. */
    protected final <T> Mono<T> unlessStopping(Mono<T> batch) {
        return Mono.defer(() -> inHand.unlessStopping(batch));
    }

    /** Emits at once and then at every interval; a beat is dropped while the work is busy. */
    protected static Flux<Long> beats(Duration every) {
        return Flux.interval(Duration.ZERO, every).onBackpressureDrop();
    }

    /** Logs the error and completes; the pending work stays where it is until the next beat. */
    protected final <T> Mono<T> reported(Throwable error) {
        if (failing.compareAndSet(false, true)) {
            log.warn("{} failed and will be retried; pending work stays where it is: {}", name, error.toString());
        }
        return Mono.empty();
    }

    protected final void recovered() {
        if (failing.compareAndSet(true, false)) {
            log.info("{} works again", name);
        }
    }

    @Override
    public synchronized void start() {
        inHand = new InFlightWork();
        running = Flux.defer(this::work)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, AGAIN_AFTER)
                        .doBeforeRetry(signal -> reported(signal.failure())))
                .subscribe();
    }

    /** Waits for the current batch: an interrupted batch may be half done, and all of it would be done again. */
    @Override
    public synchronized void stop(Runnable stopped) {
        Disposable working = running;
        running = null;
        inHand.stop()
                .then(Mono.defer(this::lastWork))
                .onErrorResume(error -> Mono.fromRunnable(
                        () -> log.warn("{} failed at the stop; what was pending is lost: {}", name, error.toString())))
                .timeout(FINISH_WITHIN, Mono.fromRunnable(() -> log.warn("{} did not finish its batch in time", name)))
                .doFinally(_ -> {
                    if (working != null) {
                        working.dispose();
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
        return LifecyclePhases.BACKGROUND;
    }
}
