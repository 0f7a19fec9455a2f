package dev.frontdesk.notification.realtime;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param ticketTtl how long a ticket may wait for its socket
 * @param revokedMemory how long a revoked session is remembered; longer than a ticket lives
 * @param pingInterval how often a peer is asked whether it is there; silent for two of them, it is dropped
 * @param queue frames that may wait for a slow reader before its socket is closed
 * @param queueSize characters that may wait likewise
 * @param socketsPerAccount sockets that one account may have open at an instance
 * @param closeWithin how long a peer has to take the close frame before the connection is cut
 * @param socketLife how long a socket lives at most: the time of a session may be over, and nobody says so
 */
@ConfigurationProperties("frontdesk.notification.realtime")
record RealtimeProperties(
        @DefaultValue("30s") Duration ticketTtl,
        @DefaultValue("2m") Duration revokedMemory,
        @DefaultValue("25s") Duration pingInterval,
        @DefaultValue("256") int queue,
        @DefaultValue("512KB") DataSize queueSize,
        @DefaultValue("50") int socketsPerAccount,
        @DefaultValue("7s") Duration closeWithin,
        @DefaultValue("1h") Duration socketLife) {

    /** Sockets that were opened at once shall not all come back at once: they live for up to a tenth less. */
    private static final int SPREAD = 10;

    RealtimeProperties {
        if (!ticketTtl.isPositive()
                || !pingInterval.isPositive()
                || !closeWithin.isPositive()
                || !socketLife.isPositive()
                || queue < 1
                || queueSize.toBytes() < 1
                || socketsPerAccount < 1) {
            throw new IllegalArgumentException("durations, the queue and the sockets of an account must be positive");
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
