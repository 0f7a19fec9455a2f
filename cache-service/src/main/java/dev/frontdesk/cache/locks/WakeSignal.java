package dev.frontdesk.cache.locks;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Wakes one waiter, as often as necessary. */
final class WakeSignal {

    private final AtomicReference<Sinks.Empty<Void>> next = new AtomicReference<>(Sinks.empty());

    void send() {
        requireNonNull(next.getAndSet(Sinks.empty())).tryEmitEmpty();
    }

    /** Completes when a signal is sent after this call, even if there is no subscriber by then. */
    Mono<Void> next() {
        return requireNonNull(next.get()).asMono();
    }
}
