package dev.frontdesk.kit.lifecycle;

import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Knows what is being worked, so that whoever stops takes nothing new and can wait for the rest. For one stop. */
public final class InFlightWork {

    private final AtomicInteger works = new AtomicInteger();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private volatile boolean stopping;

    /** The work, or nothing when it is too late to begin. */
    public <T> Mono<T> unlessStopping(Mono<T> work) {
        return Mono.defer(() -> {
            // Before the look: either this sees the stop, or the stop sees this.
            works.incrementAndGet();
            return (stopping ? Mono.<T>empty() : work).doFinally(_ -> end());
        });
    }

    private void end() {
        if (works.decrementAndGet() == 0 && stopping) {
            ended.tryEmitEmpty();
        }
    }

    /** From now on nothing begins; ends when what had begun has ended, at once when nothing had. */
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
