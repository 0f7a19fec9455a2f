package dev.frontdesk.registration.clientlimits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many passwords one client may have checked, correct ones included: a token bucket per IPv4 address or IPv6 /64,
 * over all tenants. Networks with larger limits in {@link ClientLimitProperties#ranges} have them here as well.
 *
 * @param refill tokens per hour
 * @param burst checks at once after a pause
 */
@ConfigurationProperties("frontdesk.registration.hash-limit")
record HashLimitProperties(
        @DefaultValue("7200") int refill,
        @DefaultValue("100") int burst) {

    HashLimitProperties {
        ClientLimitProperties.check(refill, burst);
    }
}
