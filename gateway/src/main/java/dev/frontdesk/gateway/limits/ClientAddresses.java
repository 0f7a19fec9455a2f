package dev.frontdesk.gateway.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Where requests come from, as the limits count it. */
final class ClientAddresses {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /** One customer of an IPv6 network has a whole /64 to call from. */
    private static final int IPV6_BITS = 64;

    private final List<AddressRange> trustedProxies;

    ClientAddresses(List<AddressRange> trustedProxies) {
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /** The IPv4 address, or the /64 that the IPv6 address lies in; the same text for all that share a bucket. */
    String of(ServerHttpRequest request) {
        InetSocketAddress socket = request.getRemoteAddress();
        if (socket == null || socket.getAddress() == null) {
            return "unknown";
        }
        return key(client(socket.getAddress(), request.getHeaders().getOrEmpty(FORWARDED_FOR)));
    }

    /** Walks back from the socket, over the proxies that are trusted, to the first address that is not. */
    InetAddress client(InetAddress socket, List<String> forwardedFor) {
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

    static String key(InetAddress client) {
        return client instanceof Inet6Address
                ? AddressRange.truncated(client, IPV6_BITS).getHostAddress() + "/" + IPV6_BITS
                : client.getHostAddress();
    }

    private boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }
}
