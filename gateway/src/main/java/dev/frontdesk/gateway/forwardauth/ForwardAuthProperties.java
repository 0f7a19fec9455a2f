package dev.frontdesk.gateway.forwardauth;

import dev.frontdesk.kit.values.AddressRange;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask about requests of others.
 *
 * @param proxies addresses or CIDR ranges, which are also trusted proxies; none by default
 */
@ConfigurationProperties("frontdesk.gateway.forward-auth")
record ForwardAuthProperties(@DefaultValue List<String> proxies) {

    List<AddressRange> ranges() {
        return proxies.stream().map(AddressRange::parse).toList();
    }
}
