package dev.frontdesk.notification.jobs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Wakes subscribers. It can be called from any thread, even from within the work that a signal started. Signals of the
 * same name that arrive together are merged, and callers never wait for each other.
 */
public final class WakeSignals {

    private final Sinks.Many<String> sink = Sinks.many().multicast().directBestEffort();
    private final Set<String> untold = ConcurrentHashMap.newKeySet();
    private final AtomicInteger telling = new AtomicInteger();

    public void wake(String name) {
        untold.add(name);
        if (telling.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            for (String next : untold) {
                untold.remove(next);
                sink.tryEmitNext(next);
            }
            missed = telling.addAndGet(-missed);
        } while (missed != 0);
    }

    public Flux<String> asFlux() {
        return sink.asFlux();
    }
}
