package dev.frontdesk.registration.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param retention how long a security event is stored after its last occurrence
 * @param timeout how long reading the trail may take, including the wait for a connection
 */
@ConfigurationProperties("frontdesk.registration.audit")
record AuditProperties(
        @DefaultValue("90d") Duration retention,
        @DefaultValue("2s") Duration timeout) {

    AuditProperties {
        if (!retention.isPositive() || !timeout.isPositive()) {
            throw new IllegalArgumentException("frontdesk.registration.audit: retention and timeout must be positive");
        }
    }
}
