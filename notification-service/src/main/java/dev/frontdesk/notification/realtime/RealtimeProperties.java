package dev.frontdesk.notification.realtime;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param ticketTtl how long a ticket is valid
 * @param revokedMemory how long a revoked session is remembered; longer than a ticket is valid
 * @param pingInterval how often a client is pinged; its socket is closed when it is silent for two intervals
 * @param queue how many frames may wait for a slow client before its socket is closed
 * @param queueSize how many characters may wait before the socket is closed
 * @param socketsPerAccount how many open sockets one account may have per instance
 * @param closeWithin how long a client has to read the close frame before the connection is closed
 * @param socketLife the maximum lifetime of a socket: its session may have expired, which no event reports
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

    /**
     * Sockets that were opened together must not all reconnect together, so each lifetime is shortened by up to a
     * tenth.
     */
    private static final int SPREAD = 10;

    RealtimeProperties {
        if (!ticketTtl.isPositive()
                || !pingInterval.isPositive()
                || !closeWithin.isPositive()
                || !socketLife.isPositive()
                || queue < 1
                || queueSize.toBytes() < 1
                || socketsPerAccount < 1) {
            throw new IllegalArgumentException("durations, the queue and the sockets per account must be positive");
        }
        if (revokedMemory.compareTo(ticketTtl) <= 0) {
            throw new IllegalArgumentException("a revoked session must be remembered for longer than a ticket lives");
        }
    }

    /** The lifetime of one socket, chosen at random. */
    Duration lifeOfOne() {
        long longest = socketLife.toNanos();
        return Duration.ofNanos(longest - ThreadLocalRandom.current().nextLong(longest / SPREAD + 1));
    }
}
