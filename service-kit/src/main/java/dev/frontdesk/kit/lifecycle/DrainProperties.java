package dev.frontdesk.kit.lifecycle;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * @param serveOn how long a stopping instance continues to serve, until its clients know; zero by default, because a
 *     developer's machine has no clients to wait for
 * @param reconnectWithin the period over which the clients of closed sockets spread their reconnects
 */
@ConfigurationProperties("frontdesk.drain")
record DrainProperties(
        @Name("wait") @DefaultValue("0s") Duration serveOn,
        @DefaultValue("5s") Duration reconnectWithin) {

    DrainProperties {
        if (serveOn.isNegative() || reconnectWithin.isNegative()) {
            throw new IllegalArgumentException("frontdesk.drain: durations must not be negative");
        }
    }
}
