package dev.frontdesk.kit.lifecycle;

import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Counts work in progress, so that a stopping component can refuse new work and wait for the rest. Can be stopped once.
 */
public final class InFlightWork {

    private final AtomicInteger works = new AtomicInteger();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private volatile boolean stopping;

    /** Returns the work, or empty when the stop has begun. */
    public <T> Mono<T> unlessStopping(Mono<T> work) {
        return Mono.defer(() -> {
            // Increment before reading the flag: then either this call sees the stop, or the stop sees this work.
            works.incrementAndGet();
            return (stopping ? Mono.<T>empty() : work).doFinally(_ -> end());
        });
    }

    private void end() {
        if (works.decrementAndGet() == 0 && stopping) {
            ended.tryEmitEmpty();
        }
    }

    /** Refuses new work from now on; completes when all running work has ended, at once if there is none. */
    public Mono<Void> stop() {
        return Mono.defer(() -> {
            stopping = true;
            if (works.get() == 0) {
                ended.tryEmitEmpty();
            }
            return ended.asMono();
        });
    }
}
