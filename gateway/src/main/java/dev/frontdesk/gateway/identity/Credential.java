package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.kit.identity.SessionCookies;
import dev.frontdesk.kit.web.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * What a request brings along to prove who sends it. Only headers are read: a URL ends up in logs, histories and Referer
 * headers.
 */
sealed interface Credential {

    /** Nothing at all. */
    record None() implements Credential {}

    /** What claims to be the operator's key. */
    record ApiKey(String key) implements Credential {
        @Override
        public String toString() {
            return "ApiKey[***]";
        }
    }

    /** What has the form of a session's token. */
    record SessionToken(String token, Carrier carrier) implements Credential {

        TokenHash hash() {
            return TokenHash.of(token);
        }

        @Override
        public String toString() {
            return "SessionToken[***]";
        }
    }

    /** How a session's token came. */
    enum Carrier {
        /** Somebody put it there. */
        AUTHORIZATION,
        /** A browser brought it along, whatever page made it send the request. */
        COOKIE
    }

    /** RFC 6750, section 2.1; the scheme in any case, as RFC 9110 has it. */
    Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]{1,256}=*) *");

    /** Just what session-service issues: a partition of 0 to 63 and 256 bits. Anything else is not worth a question. */
    Pattern SESSION_TOKEN = Pattern.compile("fds_([0-9]|[1-5][0-9]|6[0-3])_[A-Za-z0-9_-]{43}");

    String API_KEY_PREFIX = "fdo_";

    /**
     * The API key's own header comes first: who uses it may keep {@code Authorization} for something else. A cookie comes
     * last, as a browser sends it unasked.
     *
     * @throws ProblemException 401 for everything that is there and is no credential of ours
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

    /** Of two session cookies none is better than the other, and one of them may be somebody else's. */
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

    /** The values as they stand there, of every cookie of exactly this name. */
    static List<String> cookies(HttpHeaders headers, String name) {
        String start = name + "=";
        return headers.getOrEmpty(HttpHeaders.COOKIE).stream()
                .flatMap(line -> Arrays.stream(line.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(start))
                .map(pair -> pair.substring(start.length()))
                .toList();
    }

    /** 401 that takes the cookies back: no script could, and the browser would send them until they expire. */
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
