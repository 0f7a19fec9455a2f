package dev.frontdesk.kit.events;

import java.util.List;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Starts every subscription when the application is up, and ends them before anything that they use. */
final class EventConsumers implements SmartLifecycle {

    private final List<EventConsumer> consumers;
    private Disposable.Composite running = Disposables.composite();
    private volatile boolean started;

    EventConsumers(List<EventConsumer> consumers) {
        this.consumers = consumers;
    }

    @Override
    public synchronized void start() {
        running = Disposables.composite();
        consumers.forEach(consumer -> running.add(consumer.run().subscribe()));
        started = true;
    }

    @Override
    public synchronized void stop() {
        started = false;
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
