package dev.frontdesk.gateway.upstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamAddressesTest {

    private static final InetAddress OWN = InetAddress.ofLiteral("10.1.0.9");

    private final UpstreamProperties properties = new UpstreamProperties(
            List.of("10.1.0.0/16"),
            List.of("10.1.7.0/24"),
            Set.of(9999),
            null,
            Duration.ofSeconds(1),
            10,
            5,
            Duration.ofSeconds(10));
    private final UpstreamAddresses addresses = new UpstreamAddresses(
            properties.allowedAddresses(),
            properties.deniedPorts(),
            properties.deniedRanges(),
            address -> address.getAddress().equals(OWN));

    /** An address with 64:ff9b:: means the IPv4 address in it, behind NAT64 (RFC 6052). */
    @ParameterizedTest
    @CsvSource({
        "1.1.1.1,            80, true",
        "10.2.0.1,           80, false",
        "10.1.0.1,           80, true",
        "64:ff9b::10.1.0.1,  80, true",
        // Networks that the configuration denies.
        "10.1.7.1,           80, false",
        "64:ff9b::10.1.7.1,  80, false",
        // Ports that are denied in networks that are not public: a configured one, and those of stores.
        "10.1.0.1,         9999, false",
        "10.1.0.1,         6379, false",
        "10.1.0.1,         5432, false",
        "64:ff9b::10.1.0.1, 6379, false",
        "1.1.1.1,          9999, true",
        // Our own servers.
        "10.1.0.9,           80, false",
        "64:ff9b::10.1.0.9,  80, false",
    })
    void allow(String machine, int port, boolean allowed) {
        assertThat(addresses.allow(new InetSocketAddress(InetAddress.ofLiteral(machine), port)))
                .isEqualTo(allowed);
    }

    @Test
    void areReadWithTheirPort() {
        assertThat(addresses.read("https://shop.example")).hasToString("https://shop.example:443");
        assertThat(addresses.read("http://shop.example/")).hasToString("http://shop.example:80");
        assertThat(addresses.read("http://10.1.0.1:8080")).hasToString("http://10.1.0.1:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example/a",
                "http://shop.example?a=b",
                "http://shop.example/?",
                "http://10.1.7.1",
                "http://10.1.0.1:9999",
                "http://[64:ff9b::10.1.0.9]",
            })
    void areNothingElse(String url) {
        assertThatThrownBy(() -> addresses.read(url)).isInstanceOf(IllegalArgumentException.class);
    }
}
