package dev.frontdesk.registration.apikeys;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param maxPerTenant the maximum number of keys per tenant, without revoked ones
 * @param keepRevoked how long a revoked key is listed
 */
@ConfigurationProperties("frontdesk.registration.api-keys")
record ApiKeyProperties(
        @DefaultValue("1000") int maxPerTenant,
        @DefaultValue("30d") Duration keepRevoked) {

    ApiKeyProperties {
        if (maxPerTenant < 1 || keepRevoked.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("frontdesk.registration.api-keys: max-per-tenant must be at least 1"
                    + " and keep-revoked at least 1h, so that copies in Redis are replaced first");
        }
    }
}
