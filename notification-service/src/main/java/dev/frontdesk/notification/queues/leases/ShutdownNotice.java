package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.kit.lifecycle.LifecyclePhases;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Announces the shutdown before anything else stops, so that waiting requests end. */
@Component
final class ShutdownNotice implements SmartLifecycle {

    private volatile Sinks.Empty<Void> notice = Sinks.empty();
    private volatile boolean running;

    /** Completes when the instance begins to stop, or at once if it already has. */
    Mono<Void> said() {
        return notice.asMono();
    }

    @Override
    public void start() {
        notice = Sinks.empty();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        notice.tryEmitEmpty();
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
