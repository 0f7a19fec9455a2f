package dev.frontdesk.gateway.clients;

import dev.frontdesk.kit.values.AddressRange;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The proxies whose X-Forwarded-For header is trusted.
 *
 * @param trustedProxies addresses or CIDR ranges of the proxies in front of the gateway; none by default
 */
@ConfigurationProperties("frontdesk.gateway")
record TrustedProxies(@DefaultValue List<String> trustedProxies) {

    List<AddressRange> ranges() {
        return trustedProxies.stream().map(AddressRange::parse).toList();
    }
}
