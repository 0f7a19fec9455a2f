package dev.frontdesk.notification.reports;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param retention how long a report can be downloaded
 * @param link page of the application that a mail links to, with the report's id behind {@code #report=}; without it a mail
 *     names the path at the gateway
 */
@ConfigurationProperties("frontdesk.notification.reports")
record ReportProperties(
        @DefaultValue("7d") Duration retention, @Nullable URI link) {

    ReportProperties {
        if (!retention.isPositive()) {
            throw new IllegalArgumentException("frontdesk.notification.reports: retention must be positive");
        }
    }
}
