package dev.frontdesk.notification.reports;

import dev.frontdesk.kit.web.FieldReader;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param retention how long a report can be downloaded
 * @param link the application's page that a mail links to, with the report's id after {@code #report=}; if null, no
 *     mail is sent, since a path without a page is no use to its reader
 */
@ConfigurationProperties("frontdesk.notification.reports")
record ReportProperties(
        @DefaultValue("7d") Duration retention, @Nullable URI link) {

    ReportProperties {
        if (!retention.isPositive()) {
            throw new IllegalArgumentException("frontdesk.notification.reports: retention must be positive");
        }
        if (link != null && !link.isAbsolute()) {
            throw new IllegalArgumentException("frontdesk.notification.reports: link must be an absolute URL");
        }
    }

    /** Refuses an address if there is no link to mail. */
    void checkMail(FieldReader fields, @Nullable String email) {
        if (email != null && link == null) {
            fields.refuse("email", "needs frontdesk.notification.reports.link, which this installation has not set");
        }
    }
}
