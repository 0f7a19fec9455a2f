package dev.frontdesk.kit.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRangeTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "::ffff:cb00:7107, 203.0.113.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:DB8:1:2:ffff::1, 2001:db8:1:2:0:0:0:0/64",
        "::1, 0:0:0:0:0:0:0:0/64",
    })
    void isAnIpv4AddressAsItIsAndIpv6ByItsNetwork(String address, String range) {
        assertThat(ClientRange.of(address)).isEqualTo(new ClientRange(range));
        assertThat(ClientRange.of(InetAddress.ofLiteral(address))).isEqualTo(new ClientRange(range));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "example.org", "203.0.113.7:80", "unknown"})
    void whatIsNoAddressIsOneClient(String address) {
        assertThat(ClientRange.of(address)).isEqualTo(ClientRange.UNKNOWN);
    }

    @Test
    void isTheSameForAllUnknownAddresses() {
        assertThat(ClientRange.of((String) null)).isEqualTo(ClientRange.UNKNOWN);
    }
}
