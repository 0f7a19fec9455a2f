package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.kit.identity.SessionCookies;
import dev.frontdesk.kit.web.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * The credential that a request carries to prove who sends it. Only headers are read: a URL ends up in logs, histories
 * and Referer headers.
 */
sealed interface Credential {

    /** No credential. */
    record None() implements Credential {}

    /** A string that claims to be the operator key. */
    record ApiKey(String key) implements Credential {
        @Override
        public String toString() {
            return "ApiKey[***]";
        }
    }

    /** A string that has the form of a session token. */
    record SessionToken(String token, Carrier carrier) implements Credential {

        @Override
        public String toString() {
            return "SessionToken[***]";
        }
    }

    /** In which header the session token was sent. */
    enum Carrier {
        /** The client set the header explicitly. */
        AUTHORIZATION,
        /** A browser sent it automatically, whichever page caused the request. */
        COOKIE
    }

    /** RFC 6750, section 2.1; the scheme is case-insensitive, as in RFC 9110. */
    Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]{1,256}=*) *");

    /**
     * Exactly the form that session-service issues: a partition of 0 to 63 and 256 bits. Other strings are not looked
     * up.
     */
    Pattern SESSION_TOKEN = Pattern.compile("fds_([0-9]|[1-5][0-9]|6[0-3])_[A-Za-z0-9_-]{43}");

    String API_KEY_PREFIX = "fdo_";

    /**
     * The API key's own header comes first: its clients may use {@code Authorization} for something else. The cookie
     * comes last, because browsers send it automatically.
     *
     * @throws ProblemException 401 for a credential that is present but is not one of ours
     */
    static Credential in(HttpHeaders headers) {
        Credential shown = shownIn(headers);
        return shown instanceof None ? broughtAlongIn(headers) : shown;
    }

    /** The same without cookies. */
    static Credential shownIn(HttpHeaders headers) {
        List<String> keys = headers.getOrEmpty(Headers.API_KEY);
        if (!keys.isEmpty()) {
            return new ApiKey(theOnly(keys));
        }
        List<String> authorizations = headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        return authorizations.isEmpty() ? new None() : bearer(theOnly(authorizations));
    }

    private static Credential bearer(String authorization) {
        var bearer = BEARER.matcher(authorization);
        if (!bearer.matches()) {
            throw ProblemException.invalidCredential();
        }
        String token = bearer.group(1);
        if (token.startsWith(API_KEY_PREFIX)) {
            return new ApiKey(token);
        }
        if (SESSION_TOKEN.matcher(token).matches()) {
            return new SessionToken(token, Carrier.AUTHORIZATION);
        }
        throw ProblemException.invalidCredential();
    }

    /** Two session cookies are refused: neither is better than the other, and one may belong to another user. */
    private static Credential broughtAlongIn(HttpHeaders headers) {
        List<String> tokens = cookies(headers, SessionCookies.SESSION);
        if (tokens.isEmpty()) {
            return new None();
        }
        if (tokens.size() > 1 || !SESSION_TOKEN.matcher(tokens.getFirst()).matches()) {
            throw endedCookie();
        }
        return new SessionToken(tokens.getFirst(), Carrier.COOKIE);
    }

    /** The raw values of all cookies with exactly this name. */
    static List<String> cookies(HttpHeaders headers, String name) {
        String start = name + "=";
        return headers.getOrEmpty(HttpHeaders.COOKIE).stream()
                .flatMap(line -> Arrays.stream(line.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(start))
                .map(pair -> pair.substring(start.length()))
                .toList();
    }

    /**
     * A 401 that also deletes the cookies: no script can delete them, and the browser would send them until they
     * expire.
     */
    static ProblemException endedCookie() {
        var problem = ProblemException.invalidCredential();
        SessionCookies.cleared().forEach(cookie -> problem.getHeaders().add(HttpHeaders.SET_COOKIE, cookie.toString()));
        return problem;
    }

    private static String theOnly(List<String> values) {
        if (values.size() > 1) {
            throw ProblemException.invalidCredential();
        }
        return values.getFirst();
    }
}
