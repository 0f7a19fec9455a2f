package dev.frontdesk.gateway.headers;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Strict-Transport-Security of this host.
 *
 * @param maxAge how long browsers use HTTPS only; 0 leaves the header out
 */
@ConfigurationProperties("frontdesk.gateway.transport-security")
record TransportSecurity(@DefaultValue("365d") Duration maxAge) {

    TransportSecurity {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("frontdesk.gateway.transport-security.max-age must not be negative");
        }
    }

    String value() {
        return maxAge.isZero() ? "" : "max-age=" + maxAge.toSeconds();
    }
}
