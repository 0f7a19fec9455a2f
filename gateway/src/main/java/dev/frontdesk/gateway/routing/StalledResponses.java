package dev.frontdesk.gateway.routing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which responses are broken off.
 *
 * @param stalledAfter a streamed response, other than an event stream, that makes no progress for so long
 */
@ConfigurationProperties("frontdesk.gateway")
record StalledResponses(@DefaultValue("60s") Duration stalledAfter) {

    StalledResponses {
        if (!stalledAfter.isPositive()) {
            throw new IllegalArgumentException("frontdesk.gateway.stalled-after must be positive");
        }
    }
}
