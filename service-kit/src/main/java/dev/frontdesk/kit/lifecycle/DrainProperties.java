package dev.frontdesk.kit.lifecycle;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * @param serveOn how long an instance that was told to stop goes on serving, until everybody knows; nothing by itself,
 *     because a developer's machine has nobody to tell
 * @param reconnectWithin over which time the clients of closed sockets are spread
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
