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
 * What a request says, by the gateway's word, of the browser that it comes from, and what its answer leaves there. A handler
 * has it as a parameter. Without that word there is no browser, and an answer sets no cookie.
 */
public final class Browser {

    private final ServerHttpRequest request;
    private final Clock clock;

    Browser(ServerHttpRequest request, Clock clock) {
        this.request = request;
        this.clock = clock;
    }

    /** Whether the request came with the session's cookie. */
    public boolean holdsTheSession() {
        return hasWord(Headers.COOKIES_HELD);
    }

    /**
     * Refuses to log a browser in for a page of another site, which would have its visitor act in an account of its
     * choice (login CSRF).
     *
     * @throws ProblemException 403
     */
    public void checkMayAskForCookies() {
        if (!hasWord(Headers.COOKIES_ALLOWED)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Cookies are for pages of the own site: the request shows another one, or none.");
        }
    }

    /** The secret by which this browser was known before; empty for two of them as for none. */
    public Optional<String> deviceSecret() {
        List<HttpCookie> cookies = request.getCookies().getOrDefault(SessionCookies.DEVICE, List.of());
        return cookies.size() == 1 ? Optional.of(cookies.getFirst().getValue()) : Optional.empty();
    }

    /**
     * The header fields that give a browser its session.
     *
     * @param endsAt the session's absolute end
     */
    public HttpHeaders session(String token, Instant endsAt) {
        return fields(SessionCookies.of(token, Duration.between(clock.instant(), endsAt)));
    }

    /** The same that make it known at its next login. */
    public HttpHeaders device(String secret, Duration lasts) {
        return fields(List.of(SessionCookies.device(secret, lasts)));
    }

    /** The same that take an ended session back from the browser that held it; none for anybody else. */
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
