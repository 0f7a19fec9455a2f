package dev.frontdesk.notification.webhooks;

import dev.frontdesk.kit.values.AddressRange;
import dev.frontdesk.notification.jobs.Retries;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param allowedNetworks addresses or CIDR ranges that are not public and may be called nevertheless, also over plain HTTP;
 *     each is a door into a network for everybody who may name an endpoint
 * @param connectTimeout for the TCP connection
 * @param answerWithin for a whole attempt; shorter than the lease of a job
 * @param connections to one host, at most
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
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration answerWithin,
        @DefaultValue("50") int connections,
        @DefaultValue("5") int attempts,
        @DefaultValue("5s") Duration firstBackoff,
        @DefaultValue("24h") Duration disableAfter,
        @DefaultValue("10") int disableFailures,
        @DefaultValue("24h") Duration secretOverlap,
        @DefaultValue("30d") Duration keepFor,
        @DefaultValue("50") int maxEndpoints) {

    WebhookProperties {
        if (!connectTimeout.isPositive() || !answerWithin.isPositive() || !keepFor.isPositive()) {
            throw new IllegalArgumentException("timeouts and keep-for must be positive");
        }
        if (disableAfter.isNegative() || secretOverlap.isNegative()) {
            throw new IllegalArgumentException("disable-after and secret-overlap must not be negative");
        }
        if (connections < 1 || disableFailures < 1 || maxEndpoints < 1) {
            throw new IllegalArgumentException("connections, disable-failures and max-endpoints must be at least 1");
        }
        allowedNetworks = List.copyOf(allowedNetworks);
    }

    Retries retries() {
        return new Retries(attempts, firstBackoff);
    }

    AllowedAddresses allowedAddresses() {
        return new AllowedAddresses(
                allowedNetworks.stream().map(AddressRange::parse).toList());
    }
}
