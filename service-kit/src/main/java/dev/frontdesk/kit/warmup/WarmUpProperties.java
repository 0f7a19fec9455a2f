package dev.frontdesk.kit.warmup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service prepares before it is ready.
 *
 * @param rounds how often each request is sent; 0 for none
 * @param within after this time the service is ready in any case
 */
@ConfigurationProperties("frontdesk.warm-up")
record WarmUpProperties(
        @DefaultValue("3") int rounds, @DefaultValue("10s") Duration within) {

    WarmUpProperties {
        if (rounds < 0 || !within.isPositive()) {
            throw new IllegalArgumentException(
                    "frontdesk.warm-up.rounds must not be negative, and frontdesk.warm-up.within must be positive");
        }
    }
}
