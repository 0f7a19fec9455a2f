package dev.frontdesk.notification.webhooks;

import dev.frontdesk.notification.jobs.Retries;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param answerWithin for a whole attempt; shorter than the lease of a job
 * @param attempts for one event at one endpoint
 * @param firstBackoff wait after the first failed attempt; doubles
 * @param disableAfter how long every attempt at an endpoint has to fail until it is disabled
 * @param disableFailures and how many of them there have to be, so that a rare event that failed is not enough
 * @param secretOverlap how long a secret that was replaced signs beside the new one
 * @param keepFor how long events and attempts can be looked at and sent again
 * @param maxEndpoints of one tenant
 */
@ConfigurationProperties("frontdesk.notification.webhooks")
record WebhookProperties(
        @DefaultValue("15s") Duration answerWithin,
        @DefaultValue("5") int attempts,
        @DefaultValue("5s") Duration firstBackoff,
        @DefaultValue("24h") Duration disableAfter,
        @DefaultValue("10") int disableFailures,
        @DefaultValue("24h") Duration secretOverlap,
        @DefaultValue("30d") Duration keepFor,
        @DefaultValue("50") int maxEndpoints) {

    WebhookProperties {
        if (!answerWithin.isPositive() || !keepFor.isPositive()) {
            throw new IllegalArgumentException("answer-within and keep-for must be positive");
        }
        if (disableAfter.isNegative() || secretOverlap.isNegative()) {
            throw new IllegalArgumentException("disable-after and secret-overlap must not be negative");
        }
        if (disableFailures < 1 || maxEndpoints < 1) {
            throw new IllegalArgumentException("disable-failures and max-endpoints must be at least 1");
        }
    }

    Retries retries() {
        return new Retries(attempts, firstBackoff);
    }
}
