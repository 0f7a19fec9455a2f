package dev.frontdesk.gateway.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param every how often Redis and the services are asked how they are
 * @param answerWithin how long each may take; more than a service takes to look at its own parts
 * @param staleAfter when what was answered last says nothing any more
 */
@ConfigurationProperties("frontdesk.gateway.health")
record HealthProperties(
        @DefaultValue("3s") Duration every,
        @DefaultValue("2s") Duration answerWithin,
        @DefaultValue("15s") Duration staleAfter) {

    HealthProperties {
        if (!every.isPositive() || !answerWithin.isPositive() || staleAfter.compareTo(every.plus(answerWithin)) <= 0) {
            throw new IllegalArgumentException(
                    "frontdesk.gateway.health: every and answer-within must be positive, stale-after longer than both");
        }
    }
}
