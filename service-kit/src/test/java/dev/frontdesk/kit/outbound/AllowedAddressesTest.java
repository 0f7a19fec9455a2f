package dev.frontdesk.kit.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.values.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedAddressesTest {

    private final AllowedAddresses allowed = new AllowedAddresses(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "172.15.255.255", "172.32.0.1", "192.167.1.1", "223.255.255.255", "2606:4700::1"})
    void includeThePublicInternet(String address) {
        assertThat(allowed.include(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.19.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void includeNoOtherNetwork(String address) {
        assertThat(allowed.include(InetAddress.ofLiteral(address))).isFalse();
    }

    @Test
    void judgeAnAddressInsideOfAnother() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;

        assertThat(allowed.include(Inet6Address.getByAddress("name", mapped, 0)))
                .as("as some resolvers make it")
                .isFalse();
        assertThat(allowed.include(InetAddress.ofLiteral("64:ff9b::1.1.1.1")))
                .as("behind NAT64")
                .isTrue();
    }

    @Test
    void includeWhatAnOperatorOpens() {
        var opened = new AllowedAddresses(List.of(AddressRange.parse("10.1.0.0/16"), AddressRange.parse("::1")));

        assertThat(opened.include(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
        assertThat(opened.include(InetAddress.ofLiteral("::ffff:10.1.2.3"))).isTrue();
        assertThat(opened.include(InetAddress.ofLiteral("::1"))).isTrue();
        assertThat(opened.include(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
        assertThat(opened.isOpened(InetAddress.ofLiteral("1.1.1.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "::ffff:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fe80::a9fe:a9fe",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "0.0.0.0",
                "::",
            })
    void neverIncludeWhereACloudTellsItsSecrets(String address) {
        var everything = new AllowedAddresses(List.of(AddressRange.parse("0.0.0.0/0"), AddressRange.parse("::/0")));

        assertThat(everything.include(InetAddress.ofLiteral(address))).isFalse();
        assertThat(everything.isOpened(InetAddress.ofLiteral(address))).isFalse();
        assertThat(everything.include(InetAddress.ofLiteral("10.0.0.1"))).isTrue();
    }
}
