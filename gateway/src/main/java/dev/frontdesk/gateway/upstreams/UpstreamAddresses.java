package dev.frontdesk.gateway.upstreams;

import dev.frontdesk.kit.outbound.AllowedAddresses;
import dev.frontdesk.kit.outbound.OutboundUrl;
import dev.frontdesk.kit.values.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which addresses the servers of applications may have: public ones, and those of the networks that the configuration allows.
 * Never our own servers, and never the services of a cloud that tell a machine its secrets.
 */
public final class UpstreamAddresses {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final AllowedAddresses allowed;
    private final Set<Integer> deniedPorts;
    private final List<AddressRange> denied;
    private final Predicate<InetSocketAddress> own;

    /**
     * @param denied also if they are allowed
     * @param own whether an address is one of our own servers
     */
    UpstreamAddresses(
            AllowedAddresses allowed,
            Set<Integer> deniedPorts,
            List<AddressRange> denied,
            Predicate<InetSocketAddress> own) {
        this.allowed = allowed;
        this.deniedPorts = deniedPorts;
        this.denied = List.copyOf(denied);
        this.own = own;
    }

    /** @param address resolved */
    boolean allow(InetSocketAddress address) {
        InetAddress machine = AllowedAddresses.target(address.getAddress());
        if (own.test(new InetSocketAddress(machine, address.getPort()))
                || !allowed.include(machine)
                || denied.stream().anyMatch(range -> range.contains(machine))) {
            return false;
        }
        return !allowed.isOpened(machine) || !deniedPorts.contains(address.getPort());
    }

    /**
     * Reads a server and checks what can be known of its address without resolving its name; the address of a name is checked at
     * each connection.
     *
     * @return as {@link #parse}
     * @throws IllegalArgumentException with a message that may be shown
     */
    public URI read(String text) {
        URI server = parse(text);
        InetAddress address = new OutboundUrl(text).address();
        if (address != null && !allow(new InetSocketAddress(address, server.getPort()))) {
            throw new IllegalArgumentException("must not be a private address, unless"
                    + " frontdesk.gateway.upstreams.allowed-networks has it, and never one of ours");
        }
        return server;
    }

    /**
     * Reads a server without a check of its address.
     *
     * @return {@code http://host:port} or {@code https://host:port}
     * @throws IllegalArgumentException with a message that may be shown
     */
    public static URI parse(String text) {
        var url = new OutboundUrl(text);
        URI uri = url.uri();
        if (!uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/") || uri.getRawQuery() != null) {
            throw new IllegalArgumentException("must be a scheme, a host and a port, without a path: use add_prefix");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : url.isPlain() ? HTTP_PORT : HTTPS_PORT;
        return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port);
    }
}
