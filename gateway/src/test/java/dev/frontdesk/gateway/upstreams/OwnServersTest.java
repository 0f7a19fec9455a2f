package dev.frontdesk.gateway.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

class OwnServersTest {

    private static OwnServers servers(String host, int port) {
        var servers = new OwnServers(
                List.of(InetSocketAddress.createUnresolved(host, port)), () -> Set.of(8080), Schedulers.immediate());
        servers.resolveNow();
        return servers;
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @Test
    void haveAllPortsOfAnotherMachine() {
        OwnServers servers = servers("192.0.2.7", 5432);

        assertThat(servers.include(at("192.0.2.7", 5432))).isTrue();
        assertThat(servers.include(at("192.0.2.7", 22))).isTrue();
        assertThat(servers.include(at("192.0.2.8", 5432))).isFalse();
    }

    /** Whichever address of this machine is used. */
    @Test
    void haveTheirPortsOfThisMachine() throws SocketException {
        OwnServers servers = servers("127.0.0.1", 5432);

        List<InetAddress> ofThisMachine = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toList();
        assertThat(ofThisMachine).isNotEmpty().allSatisfy(address -> {
            assertThat(servers.include(new InetSocketAddress(address, 5432))).isTrue();
            assertThat(servers.include(new InetSocketAddress(address, 8080))).isTrue();
            assertThat(servers.include(new InetSocketAddress(address, 5433))).isFalse();
        });
    }
}
