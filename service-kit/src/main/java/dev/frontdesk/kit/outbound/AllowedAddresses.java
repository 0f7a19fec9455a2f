package dev.frontdesk.kit.outbound;

import dev.frontdesk.kit.values.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses that a request to a configured URL may be sent to: only those of the public internet, because machines
 * with other addresses are in our own network and trust us (CWE-918). The ranges that are not public come from IANA's
 * registries of special-purpose addresses. An IPv6 address that contains an IPv4 address is checked as that IPv4
 * address where packets would really go there (mapped, RFC 4291; NAT64, RFC 6052), and refused in the forms of old
 * tunnels.
 */
public final class AllowedAddresses {

    private static final List<AddressRange> NOT_PUBLIC = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            // Teredo and other protocols, documentation, 6to4.
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    /**
     * Addresses at which clouds tell a machine its secrets, and those that mean this machine in disguise. No network that an
     * operator allows opens them.
     */
    private static final List<AddressRange> NEVER = ranges(
            "0.0.0.0/8",
            "::/128",
            "169.254.0.0/16",
            "fe80::/10",
            "fd00:ec2::/32",
            "fd20:ce::254/128",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "192.0.0.192/32");

    private static final AddressRange IPV6_UNICAST = AddressRange.parse("2000::/3");
    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private final List<AddressRange> alsoAllowed;

    /** @param alsoAllowed networks that are not public but that an operator allows */
    public AllowedAddresses(List<AddressRange> alsoAllowed) {
        this.alsoAllowed = List.copyOf(alsoAllowed);
    }

    public boolean include(InetAddress address) {
        InetAddress target = target(address);
        return isOpened(target) || (isPublic(target) && isPossible(target));
    }

    /** Whether an operator allows the network of that address. Such an address may be called over plain HTTP, too. */
    public boolean isOpened(InetAddress address) {
        InetAddress target = target(address);
        return isPossible(target) && alsoAllowed.stream().anyMatch(range -> range.contains(target));
    }

    private static boolean isPossible(InetAddress address) {
        return NEVER.stream().noneMatch(range -> range.contains(address));
    }

    /** Whether an operator allows any network that is not public. */
    public boolean areExtended() {
        return !alsoAllowed.isEmpty();
    }

    private static boolean isPublic(InetAddress address) {
        return (address.getAddress().length == IPV4_BYTES || IPV6_UNICAST.contains(address))
                && NOT_PUBLIC.stream().noneMatch(range -> range.contains(address));
    }

    /** The IPv4 address that an IPv6 address contains, else the address itself. */
    public static InetAddress target(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPV6_BYTES && (isMapped(bytes) || NAT64.contains(address))
                ? ofBytes(Arrays.copyOfRange(bytes, IPV6_BYTES - IPV4_BYTES, IPV6_BYTES))
                : address instanceof Inet6Address ? ofBytes(bytes) : address;
    }

    /**
     * Java converts a mapped address to IPv4 by itself, but libraries may create an address object from these bytes.
     */
    private static boolean isMapped(byte[] bytes) {
        return Arrays.equals(bytes, 0, IPV6_BYTES - IPV4_BYTES, MAPPED, 0, MAPPED.length);
    }

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<AddressRange> ranges(String... cidrs) {
        return Stream.of(cidrs).map(AddressRange::parse).toList();
    }
}
