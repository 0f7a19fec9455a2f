package dev.frontdesk.kit.events;

import dev.frontdesk.kit.lifecycle.LifecyclePhases;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;

/** Runs every subscription; starts before the first request and stops after the last one. */
final class EventConsumers implements SmartLifecycle {

    private final Supplier<List<EventConsumer>> consumers;
    private List<EventConsumer> running = List.of();
    private volatile boolean started;

    /** @param consumers creates new consumers at each start */
    EventConsumers(Supplier<List<EventConsumer>> consumers) {
        this.consumers = consumers;
    }

    @Override
    public synchronized void start() {
        running = consumers.get();
        running.forEach(EventConsumer::start);
        started = true;
    }

    @Override
    public synchronized void stop(Runnable stopped) {
        started = false;
        Flux.fromIterable(running)
                .flatMap(EventConsumer::stop, Math.max(1, running.size()))
                .doFinally(_ -> stopped.run())
                .subscribe();
        running = List.of();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public int getPhase() {
        return LifecyclePhases.BACKGROUND;
    }
}
