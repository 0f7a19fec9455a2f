package dev.frontdesk.notification.realtime;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Flux;

/** The open sockets of this instance. When the service stops they are told to come back, to another instance. */
@Component
class Sockets implements SmartLifecycle {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final RealtimeProperties properties;
    private volatile boolean running;

    Sockets(RealtimeProperties properties) {
        this.properties = properties;
    }

    /** @return false when the service is about to stop */
    boolean add(Socket socket) {
        open.add(socket);
        return running;
    }

    void remove(Socket socket) {
        open.remove(socket);
    }

    /** Closes those of one session. */
    void close(UUID sessionId, CloseStatus status) {
        open.stream().filter(socket -> socket.sessionId().equals(sessionId)).forEach(socket -> socket.end(status));
    }

    int count() {
        return open.size();
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server stops, which would wait for them. */
    @Override
    public void stop(Runnable stopped) {
        running = false;
        open.forEach(socket -> socket.end(Closing.RESTARTING));
        Flux.interval(Duration.ZERO, LOOK_AGAIN)
                .onBackpressureDrop()
                .takeUntil(_ -> open.isEmpty())
                .take(properties.closeWithin().multipliedBy(2))
                .doFinally(_ -> stopped.run())
                .subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
