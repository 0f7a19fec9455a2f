package dev.frontdesk.gateway.websocket;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Closes the relayed sockets when the gateway goes down, before the web server waits for what is still under way: a socket
 * would keep it waiting to the end of its patience.
 */
@Component
final class OpenSockets implements SmartLifecycle {

    private volatile Sinks.Empty<Void> shutdown = Sinks.empty();
    private volatile boolean running;

    /** Ends at shutdown. */
    Mono<Void> shutdown() {
        return shutdown.asMono();
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
}
