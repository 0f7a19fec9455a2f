package dev.frontdesk.gateway.clients;

import dev.frontdesk.kit.values.AddressRange;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may say, in X-Forwarded-For, for whom it speaks.
 *
 * @param trustedProxies addresses or CIDR ranges of the proxies that stand before the gateway; nobody unless said
 */
@ConfigurationProperties("frontdesk.gateway")
record TrustedProxies(@DefaultValue List<String> trustedProxies) {

    List<AddressRange> ranges() {
        return trustedProxies.stream().map(AddressRange::parse).toList();
    }
}
