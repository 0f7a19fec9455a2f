package dev.frontdesk.session.browsers;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.SessionCookies;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What the gateway reports about the browser that sent a request, and the cookies that the response sets. Handlers
 * declare it as a parameter. Without the gateway's header the request does not count as a browser's, and the response
 * sets no cookie.
 */
public final class Browser {

    private final ServerHttpRequest request;
    private final Clock clock;

    Browser(ServerHttpRequest request, Clock clock) {
        this.request = request;
        this.clock = clock;
    }

    /** Whether the request carried the session cookie. */
    public boolean holdsTheSession() {
        return hasWord(Headers.COOKIES_HELD);
    }

    /**
     * Refuses a browser login for a page of another site: such a page could make its visitors act in an account of its
     * choice (login CSRF).
     *
     * @throws ProblemException 403
     */
    public void checkMayAskForCookies() {
        if (!hasWord(Headers.COOKIES_ALLOWED)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Cookies are set only for pages of this site: the request has another Origin, or none.");
        }
    }

    /** The device secret from an earlier login of this browser; empty if there is none or more than one. */
    public Optional<String> deviceSecret() {
        List<HttpCookie> cookies = request.getCookies().getOrDefault(SessionCookies.DEVICE, List.of());
        return cookies.size() == 1 ? Optional.of(cookies.getFirst().getValue()) : Optional.empty();
    }

    /**
     * The response headers that set the session cookies.
     *
     * @param endsAt the session's absolute end
     */
    public HttpHeaders session(String token, Instant endsAt) {
        return fields(SessionCookies.of(token, Duration.between(clock.instant(), endsAt)));
    }

    /** The response headers that set the device cookie, so that the browser is recognized at its next login. */
    public HttpHeaders device(String secret, Duration lasts) {
        return fields(List.of(SessionCookies.device(secret, lasts)));
    }

    /**
     * The response headers that delete the session cookies, if the request carried the session cookie; otherwise none.
     */
    public HttpHeaders end() {
        return fields(holdsTheSession() ? SessionCookies.cleared() : List.of());
    }

    private boolean hasWord(String word) {
        return word.equals(request.getHeaders().getFirst(Headers.COOKIES));
    }

    private static HttpHeaders fields(List<ResponseCookie> cookies) {
        var headers = new HttpHeaders();
        cookies.forEach(cookie -> headers.add(HttpHeaders.SET_COOKIE, cookie.toString()));
        return headers;
    }
}
