package dev.frontdesk.gateway.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rate limits; application.yml has one line for each.
 *
 * @param address of a client that has not logged in, or whose credentials were refused
 * @param account of an account in its tenant, all its sessions together
 * @param answerWithin how long Redis may take before it counts as down
 */
@ConfigurationProperties("frontdesk.gateway.limits")
record Limits(
        @NestedConfigurationProperty Limit address,
        @NestedConfigurationProperty Limit account,
        @DefaultValue("200ms") Duration answerWithin) {

    Limits {
        if (!answerWithin.isPositive()) {
            throw new IllegalArgumentException("frontdesk.gateway.limits.answer-within must be positive");
        }
    }
}
