package dev.frontdesk.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.values.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {

    private final ClientAddresses trustingNoProxy = new ClientAddresses(List.of());
    private final ClientAddresses trustingTheHouse = trusting("10.0.0.0/8", "2001:db8:f::/48");

    @Test
    void trustsNoProxyByDefault() {
        assertThat(trustingNoProxy.client(address("203.0.113.7"), List.of("198.51.100.1")))
                .isEqualTo(address("203.0.113.7"));
    }

    @Test
    void believesTheProxiesOfTheHouse() {
        assertThat(trustingTheHouse.client(address("10.1.2.3"), List.of("198.51.100.1")))
                .isEqualTo(address("198.51.100.1"));
        assertThat(trustingTheHouse.client(address("2001:db8:f::1"), List.of("198.51.100.1")))
                .isEqualTo(address("198.51.100.1"));
        assertThat(trustingTheHouse.client(address("203.0.113.7"), List.of("198.51.100.1")))
                .isEqualTo(address("203.0.113.7"));
    }

    @Test
    void ignoresAddressesBeforeTheFirstUntrustedOne() {
        assertThat(trustingTheHouse.client(address("10.1.2.3"), List.of("192.0.2.99, 198.51.100.1", "10.9.9.9")))
                .isEqualTo(address("198.51.100.1"));
    }

    @Test
    void usesTheProxysAddressWithoutAValidForwardedOne() {
        for (var said : List.of("", "unknown", "somewhere.example", "1.2.3.4:5678", "198.51.100.1,", "fe80::1%nope")) {
            assertThat(trustingTheHouse.client(address("10.1.2.3"), List.of(said)))
                    .as(said)
                    .isEqualTo(address("10.1.2.3"));
        }
        assertThat(trustingTheHouse.client(address("10.1.2.3"), List.of())).isEqualTo(address("10.1.2.3"));
    }

    private static ClientAddresses trusting(String... ranges) {
        return new ClientAddresses(Stream.of(ranges).map(AddressRange::parse).toList());
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}
