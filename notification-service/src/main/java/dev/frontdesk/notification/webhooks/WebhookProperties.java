package dev.frontdesk.notification.webhooks;

import dev.frontdesk.notification.jobs.Retries;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param answerWithin the timeout of a whole attempt; shorter than the lease of a job
 * @param attempts the maximum number of attempts to deliver one event to one endpoint
 * @param firstBackoff the wait after the first failed attempt; doubles with each one
 * @param disableAfter how long all attempts at an endpoint must have failed before it is disabled
 * @param disableFailures how many attempts must have failed as well, so that a few failures of rare events are not
 *     enough
 * @param secretOverlap how long requests are signed with the replaced secret as well as the new one
 * @param keepFor how long events and attempts are stored, for listing and replay
 * @param maxEndpoints the maximum number of endpoints per tenant
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
