package dev.frontdesk.kit.sockets;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What one WebSocket may cost. The first four are two token buckets, for what comes in, with control frames and fragments.
 *
 * @param frames frames at once
 * @param framesPerSecond refill of {@code frames}
 * @param bytes bytes of payload at once; at least the longest message
 * @param bytesPerSecond refill of {@code bytes}
 * @param sendTimeout how long a frame may wait for a peer that reads nothing before its socket is closed
 * @param closeWithin how long that peer has to take the close frame before the connection is cut
 */
@ConfigurationProperties("frontdesk.websocket")
public record SocketLimits(
        @DefaultValue("100") int frames,
        @DefaultValue("20") int framesPerSecond,
        @DefaultValue("256KB") DataSize bytes,
        @DefaultValue("64KB") DataSize bytesPerSecond,
        @DefaultValue("5s") Duration sendTimeout,
        @DefaultValue("5s") Duration closeWithin) {

    public SocketLimits {
        if (frames < 1 || framesPerSecond < 1 || bytes.toBytes() < 1 || bytesPerSecond.toBytes() < 1) {
            throw new IllegalArgumentException("frontdesk.websocket: numbers must be positive");
        }
        if (!sendTimeout.isPositive() || !closeWithin.isPositive()) {
            throw new IllegalArgumentException("frontdesk.websocket: durations must be positive");
        }
    }
}
