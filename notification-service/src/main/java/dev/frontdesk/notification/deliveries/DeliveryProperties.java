package dev.frontdesk.notification.deliveries;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param concurrency deliveries of one queue that this instance works at once
 * @param lease after which another worker takes a delivery over; longer than any handler may take
 * @param sweep how often to look for what no wake-up told of
 * @param firstBackoff wait after the first failed attempt
 * @param longestBackoff wait that doubling ends at
 * @param shutdown how long deliveries that are being worked may take to end when the service stops
 */
@ConfigurationProperties("frontdesk.notification.deliveries")
record DeliveryProperties(
        @DefaultValue("5") int concurrency,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("1s") Duration sweep,
        @DefaultValue("2s") Duration firstBackoff,
        @DefaultValue("15m") Duration longestBackoff,
        @DefaultValue("10s") Duration shutdown) {

    DeliveryProperties {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1");
        }
        if (!firstBackoff.isPositive() || longestBackoff.compareTo(firstBackoff) < 0) {
            throw new IllegalArgumentException("backoff must be positive, and its longest not shorter than its first");
        }
        if (!lease.isPositive() || !sweep.isPositive()) {
            throw new IllegalArgumentException("lease and sweep must be positive");
        }
    }

    Backoff backoff() {
        return new Backoff(firstBackoff, longestBackoff);
    }
}
