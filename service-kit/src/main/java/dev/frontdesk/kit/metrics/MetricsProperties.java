package dev.frontdesk.kit.metrics;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param interval how often the values are read that need a query: outboxes and queues. A scrape reports the last ones
 * @param eventLoopInterval how often the delay of each event loop is measured
 */
@ConfigurationProperties("frontdesk.metrics")
public record MetricsProperties(
        @DefaultValue("15s") Duration interval,
        @DefaultValue("500ms") Duration eventLoopInterval) {

    public MetricsProperties {
        if (!interval.isPositive() || !eventLoopInterval.isPositive()) {
            throw new IllegalArgumentException("frontdesk.metrics: intervals must be positive");
        }
    }
}
