package dev.frontdesk.kit.values;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An address range in CIDR notation: an address and the number of its significant leading bits. An address alone means
 * all its bits. Names are never resolved, and an IPv4-mapped IPv6 address is treated as IPv4.
 */
public final class AddressRange {

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /** @throws IllegalArgumentException for anything but {@code address} or {@code address/bits} */
    public static AddressRange parse(String cidr) {
        int slash = cidr.indexOf('/');
        InetAddress address = addressIn(slash < 0 ? cidr : cidr.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("Not an address range: " + cidr);
        }
        byte[] network = address.getAddress();
        int all = network.length * Byte.SIZE;
        int bits = slash < 0 ? all : Integer.parseInt(cidr.substring(slash + 1));
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("Not an address range: " + cidr);
        }
        return new AddressRange(masked(network, bits), bits);
    }

    /** Null for anything other than a literal IPv4 or IPv6 address. */
    public static @Nullable InetAddress addressIn(String text) {
        try {
            return InetAddress.ofLiteral(text.strip());
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        return other.length == network.length && Arrays.equals(masked(other, bits), network);
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            int left = Math.clamp(bits - i * Byte.SIZE, 0, Byte.SIZE);
            masked[i] = (byte) (address[i] & (0xff << (Byte.SIZE - left)));
        }
        return masked;
    }
}
