package dev.frontdesk.gateway.websocket;

import dev.frontdesk.kit.lifecycle.LifecyclePhases;
import dev.frontdesk.kit.lifecycle.SocketDrain;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Closes the relayed sockets when the gateway goes down, each at its turn, before the web server waits for what is still
 * under way: a socket would keep it waiting to the end of its patience.
 */
@Component
final class OpenSockets implements SmartLifecycle {

    private final SocketDrain farewell;
    private volatile Sinks.Empty<Void> shutdown = Sinks.empty();
    private volatile boolean running;

    OpenSockets(SocketDrain farewell) {
        this.farewell = farewell;
    }

    /** Ends some time after shutdown has begun, at once for a socket that is opened only then. */
    Mono<Void> shutdown() {
        return running ? shutdown.asMono().then(farewell.turn()) : Mono.empty();
    }

    @Override
    public void start() {
        shutdown = Sinks.empty();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        shutdown.tryEmitEmpty();
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
