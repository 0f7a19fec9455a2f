package dev.frontdesk.gateway.forwardauth;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.routing.PlainPaths;
import dev.frontdesk.kit.web.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The request that a proxy asks about, in one of three forms:
 *
 * <ul>
 *   <li>its own method, host and headers, with its path appended to that of this endpoint (Envoy);
 *   <li>X-Forwarded-Method, X-Forwarded-Uri and X-Forwarded-Host (Traefik);
 *   <li>X-Original-Method, X-Original-URI and Host (nginx).
 * </ul>
 *
 * A proxy sets the headers of its form, and passes on what the client sent under the names of the other one. Therefore a
 * question with both is refused: which of them came from the client can't be seen.
 */
final class OriginalRequest {

    private static final String PATH = "/api/v1/forward-auth";

    private static final String FORWARDED_METHOD = "X-Forwarded-Method";
    private static final String FORWARDED_URI = "X-Forwarded-Uri";
    private static final String FORWARDED_HOST = "X-Forwarded-Host";
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String ORIGINAL_METHOD = "X-Original-Method";
    private static final String ORIGINAL_URI = "X-Original-URI";

    private static final int LONGEST_METHOD = 20;

    private OriginalRequest() {}

    /**
     * @param asked of a trusted proxy
     * @return with the headers of the client, the Host that it sent, and the same connection
     * @throws ProblemException 400 if it is not told completely and in one form, 404 for a path that proxy, gateway and
     *     application could read differently
     */
    static ServerHttpRequest in(ServerHttpRequest asked) {
        HttpHeaders headers = asked.getHeaders();
        if (!headers.containsHeader(FORWARDED_FOR)) {
            // All anonymous clients would count as the proxy.
            throw malformed(FORWARDED_FOR + " must name the client.");
        }
        boolean forwarded = headers.containsHeader(FORWARDED_METHOD) || headers.containsHeader(FORWARDED_URI);
        boolean original = headers.containsHeader(ORIGINAL_METHOD) || headers.containsHeader(ORIGINAL_URI);
        if (isAppendedIn(asked)) {
            if (forwarded || original) {
                // A slash at the end of the address that a proxy asks would make the root of every request.
                throw malformed("The path of the request is appended, so the headers that say it must not be sent.");
            }
            String path = asked.getURI().getRawPath();
            String query = asked.getURI().getRawQuery();
            String target = path.substring(PATH.length()) + (query == null ? "" : "?" + query);
            return request(asked, asked.getMethod().name(), theOnly(HttpHeaders.HOST, headers), target);
        }
        if (forwarded == original) {
            throw malformed("Send either " + FORWARDED_METHOD + ", " + FORWARDED_URI + " and " + FORWARDED_HOST
                    + ", or " + ORIGINAL_METHOD + ", " + ORIGINAL_URI
                    + " and Host, and remove the others of the client.");
        }
        return forwarded
                ? request(
                        asked,
                        theOnly(FORWARDED_METHOD, headers),
                        theOnly(FORWARDED_HOST, headers),
                        theOnly(FORWARDED_URI, headers))
                : request(
                        asked,
                        theOnly(ORIGINAL_METHOD, headers),
                        theOnly(HttpHeaders.HOST, headers),
                        theOnly(ORIGINAL_URI, headers));
    }

    /** Whether the request is itself the one that is asked about, but for its path. */
    static boolean isAppendedIn(ServerHttpRequest asked) {
        return asked.getURI().getRawPath().length() > PATH.length();
    }

    private static String theOnly(String name, HttpHeaders headers) {
        List<String> values = headers.getOrEmpty(name);
        if (values.size() != 1) {
            throw malformed(name + " must be sent once.");
        }
        return values.getFirst();
    }

    private static ServerHttpRequest request(ServerHttpRequest asked, String method, String host, String target) {
        if (!isMethod(method)) {
            throw malformed("The original method must be 1 to 20 upper-case letters and hyphens.");
        }
        URI uri = uri(host, target);
        PlainPaths.check(uri.getRawPath());
        return asked.mutate()
                .method(HttpMethod.valueOf(method))
                .uri(uri)
                .headers(headers -> headers.set(HttpHeaders.HOST, host))
                .build();
    }

    private static boolean isMethod(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'A' || c > 'Z') && c != '-') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST_METHOD;
    }

    /** The message does not repeat what was sent: a query may have a secret. */
    private static URI uri(String host, String target) {
        try {
            URI uri = new URI("http://" + host + target);
            if (target.startsWith("/")
                    && host.equals(uri.getRawAuthority())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException notOne) {
            // Answered below.
        }
        throw malformed("The original host must be a name or an address, with or without a port, and the original URI "
                + "a path that begins with /, percent-encoded, with or without a query.");
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }
}
