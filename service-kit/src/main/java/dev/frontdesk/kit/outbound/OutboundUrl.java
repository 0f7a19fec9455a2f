package dev.frontdesk.kit.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a server that is not ours: an absolute HTTP URL whose host all parsers read in the same way. A number that some
 * parsers read as an IPv4 address (decimal, octal, hexadecimal, shortened) is refused, so that the address that was
 * checked is the one that is called. Whether a name's address may be called is checked at the call
 * ({@link AllowedAddresses}).
 *
 * @param value as the client sent it
 */
public record OutboundUrl(String value) {

    private static final int LONGEST = 2048;
    private static final int LAST_PORT = 65535;
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    /** The last label begins with a letter: otherwise the host could be read as a number. */
    private static final Pattern NAME = Pattern.compile("(" + LABEL + "\\.)*[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern THIS_MACHINE = Pattern.compile(
            "(.+\\.)?localhost|localhost\\.localdomain|ip6-(localhost|loopback)", Pattern.CASE_INSENSITIVE);

    /** A single label, or a name below a domain that RFC 6762, 8375 and 9476 and ICANN reserve for private networks. */
    private static final Pattern PRIVATE_NAME =
            Pattern.compile("[^.\\[:]+|.+\\.(local|internal|home\\.arpa|alt)", Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_NAME = 253;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** @throws IllegalArgumentException with a message that may be shown */
    public OutboundUrl {
        if (value.length() > LONGEST || !VISIBLE_ASCII.matcher(value).matches()) {
            throw new IllegalArgumentException("must have at most " + LONGEST + " ASCII characters");
        }
        check(parsed(value));
    }

    private static void check(URI uri) {
        if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
            throw new IllegalArgumentException("must begin with https://");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must not have a user, password or fragment");
        }
        if (uri.getHost() == null || !isHost(uri.getHost())) {
            throw new IllegalArgumentException("must have a host name, or an IP address in its usual form");
        }
        if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
            throw new IllegalArgumentException("must have a valid port");
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

    /** Whether the name exists only within a private network. */
    public boolean isOfAPrivateNetwork() {
        return PRIVATE_NAME.matcher(uri().getHost()).matches();
    }

    /** The value of the {@code Host} header. */
    public String authority() {
        URI uri = uri();
        boolean usual = uri.getPort() < 0 || uri.getPort() == (isPlain() ? HTTP_PORT : HTTPS_PORT);
        return usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    public boolean isPlain() {
        return uri().getScheme().equals("http");
    }

    /**
     * The address, if the host is an address or a name that always means this machine (RFC 6761, 6.3); null for other
     * names. Does no lookup.
     */
    public @Nullable InetAddress address() {
        String host = uri().getHost();
        if (THIS_MACHINE.matcher(host).matches()) {
            return InetAddress.getLoopbackAddress();
        }
        if (host.startsWith("[")) {
            return InetAddress.ofLiteral(host.substring(1, host.length() - 1));
        }
        return IPV4.matcher(host).matches() ? InetAddress.ofLiteral(host) : null;
    }

    /** For logs: paths and parameters are often secrets of the endpoint's operator. */
    @Override
    public String toString() {
        return uri().getScheme() + "://" + uri().getRawAuthority() + "/…";
    }
}
