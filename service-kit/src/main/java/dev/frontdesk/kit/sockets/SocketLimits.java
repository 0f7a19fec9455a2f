package dev.frontdesk.kit.sockets;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of one WebSocket. The first four configure two token buckets for input, including control frames and
 * fragments.
 *
 * @param frames maximum burst of frames
 * @param framesPerSecond refill rate of {@code frames}
 * @param bytes maximum burst of payload bytes; at least the longest message
 * @param bytesPerSecond refill rate of {@code bytes}
 * @param sendTimeout how long a frame may wait for a peer that does not read before its socket is closed
 * @param closeWithin how long that peer may take to accept the close frame before the connection is closed
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
