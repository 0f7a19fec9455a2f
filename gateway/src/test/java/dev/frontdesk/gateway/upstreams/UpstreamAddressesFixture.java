package dev.frontdesk.gateway.upstreams;

import dev.frontdesk.kit.outbound.AllowedAddresses;
import dev.frontdesk.kit.values.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

public final class UpstreamAddressesFixture {

    private UpstreamAddressesFixture() {}

    /** With Redis' port denied, and 10.1.0.9 as one of our own servers. */
    public static UpstreamAddresses allowing(String network) {
        InetAddress own = InetAddress.ofLiteral("10.1.0.9");
        return new UpstreamAddresses(
                new AllowedAddresses(List.of(AddressRange.parse(network))),
                Set.of(6379),
                List.of(),
                address -> address.getAddress().equals(own));
    }
}
