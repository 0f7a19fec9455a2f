package dev.frontdesk.notification.webhooks;

import dev.frontdesk.kit.addresses.AddressRange;
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
 */
@ConfigurationProperties("frontdesk.notification.webhooks")
record WebhookProperties(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration answerWithin,
        @DefaultValue("50") int connections) {

    WebhookProperties {
        if (!connectTimeout.isPositive() || !answerWithin.isPositive()) {
            throw new IllegalArgumentException("timeouts must be positive");
        }
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be at least 1");
        }
        allowedNetworks = List.copyOf(allowedNetworks);
    }

    AllowedAddresses allowedAddresses() {
        return new AllowedAddresses(
                allowedNetworks.stream().map(AddressRange::parse).toList());
    }
}
