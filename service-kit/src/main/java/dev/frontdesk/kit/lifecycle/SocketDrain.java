package dev.frontdesk.kit.lifecycle;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;

/**
 * Closes the sockets of a stopping instance spread over time, so that ten thousand clients do not reconnect at the same
 * moment: each is closed at a random time within the wait, with a hint when to reconnect.
 */
public final class SocketDrain {

    private final Duration wait;
    private final Duration reconnectWithin;
    private final ShutdownSignal shutdown;

    SocketDrain(DrainProperties properties, ShutdownSignal shutdown) {
        this.wait = properties.serveOn();
        this.reconnectWithin = properties.reconnectWithin();
        this.shutdown = shutdown;
    }

    /**
     * Completes when one socket should be closed because this instance stops: after its {@link #turn}, or at once if it
     * was opened while the instance was stopping already.
     */
    public Mono<Void> closing() {
        return Mono.defer(
                () -> shutdown.isReceived() ? Mono.empty() : shutdown.received().then(turn()));
    }

    /** Completes when one socket should be closed; at once when the wait is zero. */
    public Mono<Void> turn() {
        return Mono.defer(() -> wait.isZero()
                ? Mono.empty()
                : Mono.delay(Duration.ofMillis(upTo(wait))).then());
    }

    /** The longest possible delay of a turn. */
    public Duration longest() {
        return wait;
    }

    /**
     * Close code 1012 (service restart) with {@code {"reconnect_after_ms":N}} as its reason: browsers can read a
     * reason, and it arrives with the close or not at all.
     */
    public CloseStatus status() {
        return CloseStatus.SERVICE_RESTARTED.withReason("{\"reconnect_after_ms\":" + upTo(reconnectWithin) + "}");
    }

    private static long upTo(Duration duration) {
        return ThreadLocalRandom.current().nextLong(duration.toMillis() + 1);
    }
}
