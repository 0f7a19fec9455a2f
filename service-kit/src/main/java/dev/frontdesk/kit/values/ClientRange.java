package dev.frontdesk.kit.values;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One client for limits: an IPv4 address, or the /64 of an IPv6 address, because one customer of an IPv6 network can
 * use a whole /64. An IPv4-mapped IPv6 address is treated as IPv4.
 *
 * @param value one text for each range
 */
public record ClientRange(String value) {

    private static final int IPV6_BYTES = 8;

    /** All clients with an unknown address; together they count as one client. */
    public static final ClientRange UNKNOWN = new ClientRange("unknown");

    public static ClientRange of(InetAddress address) {
        return new ClientRange(
                address instanceof Inet6Address
                        ? network(address).getHostAddress() + "/" + IPV6_BYTES * Byte.SIZE
                        : address.getHostAddress());
    }

    /** Names are never resolved: anything other than a literal address is unknown. */
    public static ClientRange of(@Nullable String address) {
        try {
            return address == null ? UNKNOWN : of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException noAddress) {
            return UNKNOWN;
        }
    }

    private static InetAddress network(InetAddress address) {
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, IPV6_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
