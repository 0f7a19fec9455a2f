package dev.frontdesk.kit.lifecycle;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;

/**
 * Spreads the sockets of an instance that stops over time, so that ten thousand clients do not come back in one instant:
 * each is closed at some moment of the wait, with a hint when to come back.
 */
public final class SocketDrain {

    private final Duration wait;
    private final Duration reconnectWithin;

    SocketDrain(DrainProperties properties) {
        this.wait = properties.serveOn();
        this.reconnectWithin = properties.reconnectWithin();
    }

    /** Ends when it is one socket's turn to be closed; at once when nobody waits. */
    public Mono<Void> turn() {
        return Mono.defer(() -> wait.isZero()
                ? Mono.empty()
                : Mono.delay(Duration.ofMillis(upTo(wait))).then());
    }

    /** The longest that a turn is away. */
    public Duration longest() {
        return wait;
    }

    /**
     * 1012 (service restart) and, as its reason, {@code {"reconnect_after_ms":N}}: a browser can read a reason, and it comes
     * with the close or not at all.
     */
    public CloseStatus status() {
        return CloseStatus.SERVICE_RESTARTED.withReason("{\"reconnect_after_ms\":" + upTo(reconnectWithin) + "}");
    }

    private static long upTo(Duration duration) {
        return ThreadLocalRandom.current().nextLong(duration.toMillis() + 1);
    }
}
