package dev.frontdesk.kit.connections;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.NetUtil;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Rules for a request's head, so that every server on the path finds the same end of the body and the same host. They
 * are from RFC 9112, sections 3.2 and 6.3. Netty does not check all of them: it treats an unknown Transfer-Encoding as
 * no body, and then reads the body as the next request.
 */
final class RequestRules {

    private static final String CHUNKED = "chunked";
    private static final int LARGEST_PORT = 65_535;

    private RequestRules() {}

    /** Null for an acceptable request. */
    static @Nullable Refusal refuse(HttpRequest request) {
        boolean current = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        if (!current && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return Refusal.malformed("Only HTTP/1.1 and HTTP/1.0 are supported.");
        }
        if (request.method().equals(HttpMethod.CONNECT)) {
            return Refusal.malformed("CONNECT is not supported.");
        }
        if (!isTarget(request.uri())) {
            return Refusal.malformed("The request target must be a path that starts with a slash.");
        }
        HttpHeaders headers = request.headers();
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING) && !isChunkedAlone(headers)) {
            return Refusal.malformed("Transfer-Encoding must be chunked, once and without other encodings.");
        }
        return isOneHost(headers, current) ? null : Refusal.malformed("Host must be sent once and name a host.");
    }

    /**
     * Accepts the forms of RFC 9112, section 3.2, except the one for tunnels of proxies. Without this check, the server
     * would add a missing slash itself.
     */
    private static boolean isTarget(String uri) {
        return uri.startsWith("/")
                || uri.equals("*")
                || uri.regionMatches(true, 0, "http://", 0, 7)
                || uri.regionMatches(true, 0, "https://", 0, 8);
    }

    private static boolean isChunkedAlone(HttpHeaders headers) {
        Iterator<String> values = headers.valueStringIterator(HttpHeaderNames.TRANSFER_ENCODING);
        return CHUNKED.equalsIgnoreCase(values.next()) && !values.hasNext();
    }

    private static boolean isOneHost(HttpHeaders headers, boolean needed) {
        Iterator<String> values = headers.valueStringIterator(HttpHeaderNames.HOST);
        return values.hasNext() ? isHost(values.next()) && !values.hasNext() : !needed;
    }

    /** {@code uri-host [ ":" port ]} of RFC 9110, section 7.2; an empty name is refused. */
    static boolean isHost(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        if (end < 0) {
            end = host.length();
        }
        return end > 0
                && (host.charAt(0) == '[' ? isIpv6(host, end) : isName(host, end))
                && (end == host.length() || isPort(host, end));
    }

    private static boolean isIpv6(String host, int end) {
        return host.indexOf('%') < 0 && NetUtil.isValidIpV6Address(host.substring(1, end - 1));
    }

    private static boolean isName(String host, int end) {
        for (int i = 0; i < end; i++) {
            char c = host.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && c != '-' && c != '.' && c != '_' && c != '~') {
                return false;
            }
        }
        return true;
    }

    /** RFC 3986 allows a port without digits as the scheme's default, but Reactor Netty can't read it. */
    private static boolean isPort(String host, int colon) {
        int digits = host.length() - colon - 1;
        if (host.charAt(colon) != ':' || digits < 1 || digits > 5) {
            return false;
        }
        int port = 0;
        for (int i = colon + 1; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            port = port * 10 + c - '0';
        }
        return port <= LARGEST_PORT;
    }
}
