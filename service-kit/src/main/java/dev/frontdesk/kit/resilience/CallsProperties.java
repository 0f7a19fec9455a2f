package dev.frontdesk.kit.resilience;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param maxIdleTime how long a connection may be idle and still be reused; clearly shorter than a stopping instance
 *     continues to serve ({@code frontdesk.drain.wait}), so that no request uses a connection that is being closed
 */
@ConfigurationProperties("frontdesk.calls")
record CallsProperties(@DefaultValue("2s") Duration maxIdleTime) {

    CallsProperties {
        if (!maxIdleTime.isPositive()) {
            throw new IllegalArgumentException("frontdesk.calls.max-idle-time must be positive");
        }
    }
}
