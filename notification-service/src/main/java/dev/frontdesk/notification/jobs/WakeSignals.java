package dev.frontdesk.notification.jobs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Wakes whoever listens, from any thread, also from within the work that a wake began. Those of one name that come together are
 * one, and nobody who wakes waits for anybody.
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
