package dev.frontdesk.kit.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Signals that this instance begins to stop, before anything else stops. Spring Boot has already made readiness refuse
 * traffic, but the sources of traffic notice that later. So the web server continues to serve for a while. What would
 * keep a request or socket open beyond that time ends on this signal.
 */
public final class ShutdownSignal implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ShutdownSignal.class);

    private final Duration wait;
    private final List<Supplier<Mono<Void>>> work = new CopyOnWriteArrayList<>();
    private volatile Sinks.Empty<Void> signal = Sinks.empty();
    private volatile boolean received;
    private volatile boolean running;

    /** @param wait how long the web server continues to serve */
    ShutdownSignal(Duration wait) {
        this.wait = wait;
    }

    /** Whether the instance is stopping. */
    public boolean isReceived() {
        return received;
    }

    /** Completes when the instance begins to stop, or at once if it already has. */
    public Mono<Void> received() {
        return Mono.defer(() -> signal.asMono());
    }

    /** Registers work that begins with the signal; the web server stops after it has ended. */
    public void beforeServerStops(Supplier<Mono<Void>> closing) {
        work.add(closing);
    }

    @Override
    public void start() {
        signal = Sinks.empty();
        received = false;
        running = true;
    }

    @Override
    public void stop(Runnable stopped) {
        // Set before the work begins: what is opened from now on sees it, and the work sees what was opened before.
        received = true;
        running = false;
        if (!wait.isZero()) {
            log.info("Draining: requests are still served for {} until load balancers and clients have left", wait);
        }
        signal.tryEmitEmpty();
        Flux.fromIterable(work)
                .map(Mono::defer)
                .startWith(wait.isZero() ? Mono.empty() : Mono.delay(wait).then())
                .collectList()
                .flatMap(Mono::whenDelayError)
                .doFinally(_ -> stopped.run())
                .subscribe(null, error -> log.warn("Not everything was closed before the stop: {}", error.toString()));
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return LifecyclePhases.DRAIN;
    }
}
