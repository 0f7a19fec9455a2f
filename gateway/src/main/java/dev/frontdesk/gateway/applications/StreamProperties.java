package dev.frontdesk.gateway.applications;

import dev.frontdesk.kit.sockets.SocketLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bodies, sockets and event streams of applications.
 *
 * @param longest life of a WebSocket or an event stream; the client then connects again, and is identified anew
 * @param stalledAfter a request body of which nothing more comes for so long is refused
 * @param countsAfter a response of another kind that lasts this long counts as a stream from then on
 * @param most WebSockets and event streams that are open at once
 * @param perCaller of them, those of one account, API key or, without either, address: many people may share an address
 */
@ConfigurationProperties("frontdesk.gateway.streams")
record StreamProperties(
        @DefaultValue("1h") Duration longest,
        @DefaultValue("30s") Duration stalledAfter,
        @DefaultValue("5s") Duration countsAfter,
        @DefaultValue("10000") int most,
        @DefaultValue("100") int perCaller,
        @DefaultValue Sockets sockets) {

    /**
     * The limits of one WebSocket; {@link SocketLimits} has those of our own. Input is that of clients; what servers send is
     * held back as long as the client does not read it.
     *
     * @param longestMessage from either side
     * @param frames maximum burst of frames of a client
     * @param framesPerSecond refill rate of {@code frames}
     * @param bytes maximum burst of payload bytes of a client; at least the longest message
     * @param bytesPerSecond refill rate of {@code bytes}
     */
    record Sockets(
            @DefaultValue("256KB") DataSize longestMessage,
            @DefaultValue("1000") int frames,
            @DefaultValue("200") int framesPerSecond,
            @DefaultValue("1MB") DataSize bytes,
            @DefaultValue("1MB") DataSize bytesPerSecond) {

        private static final DataSize LONGEST = DataSize.ofMegabytes(16);

        Sockets {
            if (frames < 1 || framesPerSecond < 1 || longestMessage.toBytes() < 1 || bytesPerSecond.toBytes() < 1) {
                throw new IllegalArgumentException("frontdesk.gateway.streams.sockets: numbers must be positive");
            }
            if (longestMessage.compareTo(LONGEST) > 0 || longestMessage.compareTo(bytes) > 0) {
                throw new IllegalArgumentException("frontdesk.gateway.streams.sockets: longest-message must be at most "
                        + LONGEST + ", and at most bytes");
            }
        }

        SocketLimits limits(SocketLimits own) {
            return new SocketLimits(
                    frames, framesPerSecond, bytes, bytesPerSecond, own.sendTimeout(), own.closeWithin());
        }

        int longest() {
            return Math.toIntExact(longestMessage.toBytes());
        }
    }

    StreamProperties {
        if (!longest.isPositive() || !stalledAfter.isPositive() || !countsAfter.isPositive()) {
            throw new IllegalArgumentException(
                    "frontdesk.gateway.streams: longest, stalled-after and counts-after must be positive");
        }
        if (most < 1 || perCaller < 1) {
            throw new IllegalArgumentException("frontdesk.gateway.streams: most and per-caller must be positive");
        }
    }
}
