package dev.frontdesk.gateway.websocket;

import dev.frontdesk.kit.lifecycle.LifecyclePhases;
import dev.frontdesk.kit.lifecycle.SocketDrain;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Closes the relayed sockets when the gateway shuts down, spread over time, before the web server waits for open
 * requests: an open socket would make it wait until its timeout.
 */
@Component
final class OpenSockets implements SmartLifecycle {

    private final SocketDrain farewell;
    private volatile Sinks.Empty<Void> shutdown = Sinks.empty();
    private volatile boolean running;

    OpenSockets(SocketDrain farewell) {
        this.farewell = farewell;
    }

    /** Completes some time after the shutdown has begun, or immediately for a socket that is opened after that. */
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
