package dev.frontdesk.kit.warmup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service prepares before it is ready.
 *
 * @param rounds how often each request is sent at least; 0 for none
 * @param answeredWithin the service is ready after a round in which each request was answered in this time: while other
 *     programs that start use the processors, it is not
 * @param within after this time the service is ready in any case
 */
@ConfigurationProperties("frontdesk.warm-up")
record WarmUpProperties(
        @DefaultValue("3") int rounds,
        @DefaultValue("1s") Duration answeredWithin,
        @DefaultValue("60s") Duration within) {

    WarmUpProperties {
        if (rounds < 0 || !answeredWithin.isPositive() || !within.isPositive()) {
            throw new IllegalArgumentException(
                    "frontdesk.warm-up.rounds must not be negative, .answered-within and .within must be positive");
        }
    }
}
