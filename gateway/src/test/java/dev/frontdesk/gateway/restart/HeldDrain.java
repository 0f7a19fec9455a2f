package dev.frontdesk.gateway.restart;

import dev.frontdesk.kit.lifecycle.LifecyclePhases;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.SmartLifecycle;

/** Holds the first phase of a stop, as the wait does, until the test releases it. */
final class HeldDrain implements SmartLifecycle {

    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private volatile boolean running;

    /** One that holds nothing. */
    static HeldDrain free() {
        var drain = new HeldDrain();
        drain.letGo();
        return drain;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable stopped) {
        running = false;
        released.thenRun(stopped);
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

    void letGo() {
        released.complete(null);
    }
}
