package dev.frontdesk.kit.connections;

import dev.frontdesk.contracts.http.ProblemType;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the head of a request over HTTP/2 (RFC 9113, section 8.3), which becomes a request line and a Host header of
 * HTTP/1.1 for the next server: neither may contain another line or another host. Netty's decoder has refused connection-specific headers,
 * unknown pseudo-headers and invalid characters in other headers.
 */
final class StreamRules {

    static final AsciiString HOST = AsciiString.cached("host");

    /** As in HTTP/1.1. */
    private static final int LONGEST_TARGET = 4096;

    private static final String TOKEN = "!#$%&'*+-.^_`|~";

    private StreamRules() {}

    /** Null for an acceptable request. */
    static @Nullable Refusal refuse(Http2Headers headers) {
        CharSequence method = one(headers, Http2Headers.PseudoHeaderName.METHOD.value());
        if (method == null || !isToken(method)) {
            return Refusal.malformed(":method must be sent once and name a method.");
        }
        if (AsciiString.contentEquals(method, "CONNECT")) {
            return Refusal.malformed("CONNECT is not supported; open WebSockets over HTTP/1.1.");
        }
        CharSequence scheme = one(headers, Http2Headers.PseudoHeaderName.SCHEME.value());
        if (scheme == null
                || !(AsciiString.contentEquals(scheme, "https") || AsciiString.contentEquals(scheme, "http"))) {
            return Refusal.malformed(":scheme must be sent once and be https or http.");
        }
        CharSequence path = one(headers, Http2Headers.PseudoHeaderName.PATH.value());
        if (path == null || !isTarget(path)) {
            return Refusal.malformed(":path must be sent once and start with a slash.");
        }
        if (path.length() > LONGEST_TARGET) {
            return new Refusal(ProblemType.URI_TOO_LONG, "The path and query are longer than 4 KB.");
        }
        return isOneHost(headers) ? null : Refusal.malformed("The host must be sent once and be valid.");
    }

    private static @Nullable CharSequence one(Http2Headers headers, CharSequence name) {
        List<CharSequence> values = headers.getAll(name);
        return values.size() == 1 ? values.getFirst() : null;
    }

    private static boolean isToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && TOKEN.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTarget(CharSequence path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) <= ' ' || path.charAt(i) == 0x7f) {
                return false;
            }
        }
        return !path.isEmpty() && (path.charAt(0) == '/' || AsciiString.contentEquals(path, "*"));
    }

    /** Clients send :authority; a proxy that translates HTTP/1.1 may send Host instead, or the same in both. */
    private static boolean isOneHost(Http2Headers headers) {
        List<CharSequence> authorities = headers.getAll(Http2Headers.PseudoHeaderName.AUTHORITY.value());
        List<CharSequence> hosts = headers.getAll(HOST);
        if (authorities.size() > 1 || hosts.size() > 1 || authorities.size() + hosts.size() == 0) {
            return false;
        }
        String host = (authorities.isEmpty() ? hosts : authorities).getFirst().toString();
        return RequestRules.isHost(host)
                && (authorities.isEmpty()
                        || hosts.isEmpty()
                        || AsciiString.contentEqualsIgnoreCase(hosts.getFirst(), host));
    }
}
