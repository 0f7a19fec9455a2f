package dev.frontdesk.notification.realtime;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param ticketTtl how long a ticket may wait for its socket
 * @param revokedMemory how long a revoked session is remembered; longer than a ticket lives
 * @param pingInterval how often a peer is asked whether it is there; silent for two of them, it is dropped
 * @param queue frames that may wait for a slow reader before its socket is closed
 * @param closeWithin how long a peer has to take the close frame before the connection is cut
 * @param socketLife how long a socket lives at most: the time of a session may be over, and nobody says so
 */
@ConfigurationProperties("frontdesk.notification.realtime")
record RealtimeProperties(
        @DefaultValue("30s") Duration ticketTtl,
        @DefaultValue("2m") Duration revokedMemory,
        @DefaultValue("25s") Duration pingInterval,
        @DefaultValue("256") int queue,
        @DefaultValue("5s") Duration closeWithin,
        @DefaultValue("1h") Duration socketLife) {

    /** Sockets that were opened at once shall not all come back at once: they live for up to a tenth less. */
    private static final int SPREAD = 10;

    RealtimeProperties {
        if (!ticketTtl.isPositive()
                || !pingInterval.isPositive()
                || !closeWithin.isPositive()
                || !socketLife.isPositive()
                || queue < 1) {
            throw new IllegalArgumentException("durations and the queue must be positive");
        }
        if (revokedMemory.compareTo(ticketTtl) <= 0) {
            throw new IllegalArgumentException("a revoked session must be remembered for longer than a ticket lives");
        }
    }

    /** How long the next socket lives. */
    Duration lifeOfOne() {
        long longest = socketLife.toNanos();
        return Duration.ofNanos(longest - ThreadLocalRandom.current().nextLong(longest / SPREAD + 1));
    }
}
