package dev.frontdesk.notification.outbound;

import dev.frontdesk.kit.outbound.AllowedAddresses;
import dev.frontdesk.kit.values.AddressRange;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of requests to URLs that tenants chose: webhooks and pushed jobs.
 *
 * @param allowedNetworks addresses or CIDR ranges that are not public but may be called, also over plain HTTP; each
 *     opens a network to all clients that may set a URL
 * @param connectTimeout the timeout of the TCP connection
 * @param connections the maximum number of connections to one host
 */
@ConfigurationProperties("frontdesk.notification.outbound")
record OutboundProperties(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("50") int connections) {

    OutboundProperties {
        if (!connectTimeout.isPositive() || connections < 1) {
            throw new IllegalArgumentException("connect-timeout must be positive, and connections at least 1");
        }
        allowedNetworks = List.copyOf(allowedNetworks);
    }

    AllowedAddresses allowedAddresses() {
        return new AllowedAddresses(
                allowedNetworks.stream().map(AddressRange::parse).toList());
    }
}
