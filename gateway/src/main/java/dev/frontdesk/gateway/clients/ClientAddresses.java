package dev.frontdesk.gateway.clients;

import dev.frontdesk.kit.values.AddressRange;
import dev.frontdesk.kit.values.ClientRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/** Finds the address of the client that sent a request, even behind trusted proxies. */
@Component
public final class ClientAddresses {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final List<AddressRange> trustedProxies;

    @Autowired
    ClientAddresses(TrustedProxies proxies) {
        this(proxies.ranges());
    }

    ClientAddresses(List<AddressRange> trustedProxies) {
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /** The complete IPv4 or IPv6 address; empty when the connection is already closed. */
    public Optional<String> of(ServerHttpRequest request) {
        return addressOf(request).map(InetAddress::getHostAddress);
    }

    /** The IPv4 address, or the /64 prefix of the IPv6 address: what counts as one client. */
    public String rangeOf(ServerHttpRequest request) {
        return addressOf(request)
                .map(ClientRange::of)
                .orElse(ClientRange.UNKNOWN)
                .value();
    }

    /** The range of a literal IPv4 or IPv6 address; empty for anything else. */
    public static Optional<String> rangeOf(String address) {
        return Optional.ofNullable(AddressRange.addressIn(address))
                .map(ClientRange::of)
                .map(ClientRange::value);
    }

    private Optional<InetAddress> addressOf(ServerHttpRequest request) {
        InetSocketAddress socket = request.getRemoteAddress();
        return socket == null || socket.getAddress() == null
                ? Optional.empty()
                : Optional.of(client(socket.getAddress(), request.getHeaders().getOrEmpty(FORWARDED_FOR)));
    }

    /** Walks back from the socket's address, over trusted proxies, to the first address that is not trusted. */
    InetAddress client(InetAddress socket, List<String> forwardedFor) {
        if (forwardedFor.isEmpty() || !isTrusted(socket)) {
            return socket;
        }
        List<String> hops = forwardedFor.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .toList();
        InetAddress client = socket;
        for (String hop : hops.reversed()) {
            @Nullable InetAddress before = isTrusted(client) ? AddressRange.addressIn(hop) : null;
            if (before == null) {
                return client;
            }
            client = before;
        }
        return client;
    }

    /** Whether the peer of the connection is a trusted proxy. */
    boolean isBehindTrusted(ServerHttpRequest request) {
        return isBehind(trustedProxies, request);
    }

    /** Whether the peer of the connection is a trusted proxy in one of these ranges. */
    public boolean isBehind(List<AddressRange> proxies, ServerHttpRequest request) {
        InetSocketAddress socket = request.getRemoteAddress();
        return socket != null
                && socket.getAddress() != null
                && isTrusted(socket.getAddress())
                && isIn(proxies, socket.getAddress());
    }

    private boolean isTrusted(InetAddress address) {
        return isIn(trustedProxies, address);
    }

    private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
