package dev.frontdesk.gateway.tracing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which requests are exported in any case.
 *
 * @param slowAfter the span of a request that takes this long is exported even if its trace is not sampled
 */
@ConfigurationProperties("frontdesk.gateway")
record SlowRequests(@DefaultValue("1s") Duration slowAfter) {

    SlowRequests {
        if (!slowAfter.isPositive()) {
            throw new IllegalArgumentException("frontdesk.gateway.slow-after must be positive");
        }
    }
}
