package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.CsrfToken;
import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Distinguishes requests of our own pages from requests that a page of another site makes a browser send with its
 * cookies (ASVS 3.5.1). Headers that no page can set show where a request comes from; the CSRF token, which no page of
 * another site can read, shows that the request is intended.
 */
public final class SameOriginCheck {

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private static final String FETCH_SITE = "Sec-Fetch-Site";

    /** Over plain HTTP, browsers store cookies of this kind for these hosts only. */
    private static final Pattern THIS_MACHINE = Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?");

    private final BrowserProperties properties;
    private final Predicate<String> tenantOrigins;

    /** @param tenantOrigins whether a tenant allows the origin; such a page may open sockets, with a ticket */
    SameOriginCheck(BrowserProperties properties, Predicate<String> tenantOrigins) {
        this.properties = properties;
        this.tenantOrigins = tenantOrigins;
    }

    /** Whether the headers show that one of our pages sent the request. Without such headers the result is false. */
    boolean sent(HttpHeaders headers) {
        List<String> sites = headers.getOrEmpty(FETCH_SITE);
        List<String> origins = headers.getOrEmpty(HttpHeaders.ORIGIN);
        if (sites.size() > 1 || origins.size() > 1) {
            return false;
        }
        String origin = origins.isEmpty() ? null : origins.getFirst().toLowerCase(Locale.ROOT);
        return switch (sites.isEmpty() ? null : sites.getFirst()) {
            case "same-origin", "none" -> true;
            case null -> isAllowed(origin) || isOwn(origin, headers.getFirst(HttpHeaders.HOST));
            default -> isAllowed(origin);
        };
    }

    /**
     * @throws ProblemException 403 for a request that changes something without proof that one of our pages intended it
     */
    void check(ServerHttpRequest request, String sessionToken) {
        if (SAFE.contains(request.getMethod())) {
            return;
        }
        if (!sent(request.getHeaders())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "A request with a session cookie must come from a page of this site: send Origin.");
        }
        List<String> tokens = request.getHeaders().getOrEmpty(Headers.CSRF_TOKEN);
        if (tokens.size() != 1 || !CsrfToken.matches(sessionToken, tokens.getFirst())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    Headers.CSRF_TOKEN + " must be sent once and match the session's CSRF cookie.");
        }
    }

    /**
     * Whether the sender may open a socket, in case it is a page. Browsers name the page's origin in every handshake
     * and let the page read all messages (RFC 6455, section 10.2); a client that sends no origin is not a page.
     */
    public boolean mayOpenASocket(HttpHeaders headers) {
        List<String> origins = headers.getOrEmpty(HttpHeaders.ORIGIN);
        if (origins.isEmpty()) {
            return true;
        }
        String origin = origins.getFirst().toLowerCase(Locale.ROOT);
        return origins.size() == 1
                && (isAllowed(origin)
                        || isOwn(origin, headers.getFirst(HttpHeaders.HOST))
                        || tenantOrigins.test(origin));
    }

    /**
     * The same for a socket that needs no ticket.
     *
     * @param cookie whether the session is in a cookie, which a browser sends whatever page opens the socket: then only our own
     *     pages may
     */
    public boolean mayOpenASocket(HttpHeaders headers, boolean cookie) {
        List<String> origins = headers.getOrEmpty(HttpHeaders.ORIGIN);
        if (!cookie || origins.isEmpty()) {
            return mayOpenASocket(headers);
        }
        String origin = origins.getFirst().toLowerCase(Locale.ROOT);
        return origins.size() == 1 && (isAllowed(origin) || isOwn(origin, headers.getFirst(HttpHeaders.HOST)));
    }

    /** Whether pages of this origin may use a browser's cookies as our own pages do. */
    public boolean isAllowed(@Nullable String origin) {
        return origin != null && properties.allowedOrigins().contains(origin);
    }

    private static boolean isOwn(@Nullable String origin, @Nullable String host) {
        return origin != null
                && host != null
                && (origin.equals("https://" + host.toLowerCase(Locale.ROOT))
                        || (THIS_MACHINE.matcher(origin).matches()
                                && origin.equals("http://" + host.toLowerCase(Locale.ROOT))));
    }
}
