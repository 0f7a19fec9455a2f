package dev.frontdesk.notification.queues.leases;

import dev.frontdesk.kit.lifecycle.LifecyclePhases;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Tells, first of all that a stopping instance does, that nobody waits here any longer. */
@Component
final class ShutdownNotice implements SmartLifecycle {

    private volatile Sinks.Empty<Void> notice = Sinks.empty();
    private volatile boolean running;

    /** Ends when the instance begins to stop, at once when it has begun. */
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
