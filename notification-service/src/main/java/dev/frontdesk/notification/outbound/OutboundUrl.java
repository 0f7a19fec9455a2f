package dev.frontdesk.notification.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a signed request may be sent: an absolute HTTP URL whose host has one reading alone. A number that some parsers take
 * for an IPv4 address (decimal, octal, hexadecimal, shortened) is no host here, so that what was checked is what is called.
 * Whether the host's address may be called is found out when it is called ({@link AllowedAddresses}).
 *
 * @param value as it was given
 */
public record OutboundUrl(String value) {

    private static final int LONGEST = 2048;
    private static final int LAST_PORT = 65535;
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    /** The last label begins with a letter: one that does not is a number, in one spelling or another. */
    private static final Pattern NAME = Pattern.compile("(" + LABEL + "\\.)*[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern THIS_MACHINE = Pattern.compile(
            "(.+\\.)?localhost|localhost\\.localdomain|ip6-(localhost|loopback)", Pattern.CASE_INSENSITIVE);

    /** One label alone, or below what RFC 6762, 8375 and 9476 and ICANN keep for networks of one's own. */
    private static final Pattern PRIVATE_NAME =
            Pattern.compile("[^.\\[:]+|.+\\.(local|internal|home\\.arpa|alt)", Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_NAME = 253;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** @throws IllegalArgumentException with a message that may be shown */
    public OutboundUrl {
        if (value.length() > LONGEST || !VISIBLE_ASCII.matcher(value).matches()) {
            throw new IllegalArgumentException("must have at most " + LONGEST + " characters, all of ASCII");
        }
        check(parsed(value));
    }

    private static void check(URI uri) {
        if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
            throw new IllegalArgumentException("must begin with https://");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must have no user, password or fragment");
        }
        if (uri.getHost() == null || !isHost(uri.getHost())) {
            throw new IllegalArgumentException("must have a host name, or an address in its usual form");
        }
        if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
            throw new IllegalArgumentException("must have a port that exists");
        }
    }

    private static URI parsed(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException notOne) {
            throw new IllegalArgumentException("must be a URL", notOne);
        }
    }

    private static boolean isHost(String host) {
        return host.startsWith("[") ? !host.contains("%") : isNameOrAddress(host);
    }

    private static boolean isNameOrAddress(String host) {
        return host.length() <= LONGEST_NAME
                && (NAME.matcher(host).matches() || IPV4.matcher(host).matches());
    }

    public URI uri() {
        return URI.create(value);
    }

    /** Whether the name means nothing outside of a network of one's own. */
    boolean isOfAPrivateNetwork() {
        return PRIVATE_NAME.matcher(uri().getHost()).matches();
    }

    /** As {@code Host} has it. */
    String authority() {
        URI uri = uri();
        boolean usual = uri.getPort() < 0 || uri.getPort() == (isPlain() ? HTTP_PORT : HTTPS_PORT);
        return usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    boolean isPlain() {
        return uri().getScheme().equals("http");
    }

    /** The address that the host is written as, or always has (RFC 6761, 6.3); null for a name. Nothing is looked up. */
    @Nullable InetAddress address() {
        String host = uri().getHost();
        if (THIS_MACHINE.matcher(host).matches()) {
            return InetAddress.getLoopbackAddress();
        }
        if (host.startsWith("[")) {
            return InetAddress.ofLiteral(host.substring(1, host.length() - 1));
        }
        return IPV4.matcher(host).matches() ? InetAddress.ofLiteral(host) : null;
    }

    /** For logs: paths and parameters are often secrets of those who run the endpoint. */
    @Override
    public String toString() {
        return uri().getScheme() + "://" + uri().getRawAuthority() + "/…";
    }
}
