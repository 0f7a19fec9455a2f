package dev.frontdesk.kit.values;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What counts as one client where clients are counted: an IPv4 address, or the /64 that an IPv6 address lies in, because one
 * customer of an IPv6 network has a whole /64 to call from. An IPv4 address that is mapped into IPv6 is taken for what it is.
 *
 * @param value one text for each range
 */
public record ClientRange(String value) {

    private static final int IPV6_BYTES = 8;

    /** Of all whose address nobody knows: together they are one client. */
    public static final ClientRange UNKNOWN = new ClientRange("unknown");

    public static ClientRange of(InetAddress address) {
        return new ClientRange(
                address instanceof Inet6Address
                        ? network(address).getHostAddress() + "/" + IPV6_BYTES * Byte.SIZE
                        : address.getHostAddress());
    }

    /** No name is ever looked up: what is not an address in digits is not known. */
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
