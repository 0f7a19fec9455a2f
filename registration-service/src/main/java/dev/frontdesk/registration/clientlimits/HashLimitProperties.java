package dev.frontdesk.registration.clientlimits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many passwords one client may have looked at, right ones too: a token bucket for each IPv4 address or IPv6 /64, over
 * all tenants. Networks that have larger numbers in {@link ClientLimitProperties#ranges} have those here as well.
 *
 * @param refill an hour
 * @param burst at once after a pause
 */
@ConfigurationProperties("frontdesk.registration.hash-limit")
record HashLimitProperties(
        @DefaultValue("7200") int refill,
        @DefaultValue("100") int burst) {

    HashLimitProperties {
        ClientLimitProperties.check(refill, burst);
    }
}
