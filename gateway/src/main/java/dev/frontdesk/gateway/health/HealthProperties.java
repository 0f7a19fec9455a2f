package dev.frontdesk.gateway.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param every how often Redis and the services are polled
 * @param answerWithin timeout for each; longer than a service needs to check its own dependencies
 * @param staleAfter when the last result is too old to be used
 */
@ConfigurationProperties("frontdesk.gateway.health")
record HealthProperties(
        @DefaultValue("3s") Duration every,
        @DefaultValue("3s") Duration answerWithin,
        @DefaultValue("15s") Duration staleAfter) {

    HealthProperties {
        if (!every.isPositive() || !answerWithin.isPositive() || staleAfter.compareTo(every.plus(answerWithin)) <= 0) {
            throw new IllegalArgumentException(
                    "frontdesk.gateway.health: every and answer-within must be positive, stale-after longer than both");
        }
    }
}
