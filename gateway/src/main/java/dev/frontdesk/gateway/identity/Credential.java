package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.kit.identity.SessionCookies;
import dev.frontdesk.kit.web.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The credential that a request carries to prove who sends it. Only headers are read: a URL ends up in logs, histories
 * and Referer headers.
 */
sealed interface Credential {

    /** No credential. */
    record None() implements Credential {}

    /**
     * The key of a tenant's application.
     *
     * @param user the session that the application shows together with it; null for none
     */
    record TenantKey(ApiKeyText key, @Nullable SessionToken user) implements Credential {}

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

    String SCHEME = "Bearer";

    int LONGEST_TOKEN = 256;

    String SESSION_TOKEN = "fds_";

    /** Length of 256 bits in base64url. */
    int SECRET = 43;

    String API_KEY_PREFIX = "fdo_";

    /**
     * The API key's own header comes first: its clients may use {@code Authorization} for something else. The cookie
     * comes last, because browsers send it automatically.
     *
     * @throws ProblemException 401 for a credential that is present but is not one of ours
     */
    static Credential in(HttpHeaders headers) {
        return switch (shownIn(headers)) {
            case None none -> Objects.requireNonNullElse(broughtAlongIn(headers), none);
            case TenantKey(ApiKeyText key, var user) when user == null -> new TenantKey(key, broughtAlongIn(headers));
            case Credential shown -> shown;
        };
    }

    /** The same without cookies. */
    static Credential shownIn(HttpHeaders headers) {
        List<String> keys = headers.getOrEmpty(Headers.API_KEY);
        if (!keys.isEmpty()) {
            String key = theOnly(keys);
            return ApiKeyText.isMeantBy(key) ? tenantKey(key, sessionIn(headers)) : new ApiKey(key);
        }
        List<String> authorizations = headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        return authorizations.isEmpty() ? new None() : bearer(theOnly(authorizations));
    }

    private static Credential bearer(String authorization) {
        String token = tokenIn(authorization);
        if (token.startsWith(API_KEY_PREFIX)) {
            return new ApiKey(token);
        }
        if (ApiKeyText.isMeantBy(token)) {
            return tenantKey(token, null);
        }
        if (isSessionToken(token)) {
            return new SessionToken(token, Carrier.AUTHORIZATION);
        }
        throw ProblemException.invalidCredential();
    }

    /** Typing errors are refused without a look-up. */
    private static TenantKey tenantKey(String text, @Nullable SessionToken user) {
        return new TenantKey(ApiKeyText.parse(text).orElseThrow(ProblemException::invalidCredential), user);
    }

    /** Next to a key, any other Authorization is none of ours. */
    private static @Nullable SessionToken sessionIn(HttpHeaders headers) {
        List<String> authorizations = headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (authorizations.stream().noneMatch(Credential::isMeantAsSession)) {
            return null;
        }
        return bearer(theOnly(authorizations)) instanceof SessionToken session ? session : null;
    }

    private static boolean isMeantAsSession(String authorization) {
        return authorization.regionMatches(
                true, 0, SCHEME + " " + SESSION_TOKEN, 0, 1 + SCHEME.length() + SESSION_TOKEN.length());
    }

    /** RFC 6750, section 2.1; the scheme is case-insensitive, as in RFC 9110. Longer tokens are not ours. */
    private static String tokenIn(String authorization) {
        int start = SCHEME.length();
        int end = authorization.length();
        while (end > start && authorization.charAt(end - 1) == ' ') {
            end--;
        }
        while (start < end && authorization.charAt(start) == ' ') {
            start++;
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || start == SCHEME.length()
                || start == end
                || end - start > LONGEST_TOKEN) {
            throw ProblemException.invalidCredential();
        }
        return authorization.substring(start, end);
    }

    /**
     * Exactly the form that session-service issues: {@code fds_}, a partition of 0 to 63, {@code _} and 43 base64url
     * characters (256 bits). Other strings are not looked up.
     */
    static boolean isSessionToken(String token) {
        int secret = token.length() - SECRET;
        return token.startsWith(SESSION_TOKEN)
                && secret > SESSION_TOKEN.length()
                && token.charAt(secret - 1) == '_'
                && isPartition(token, SESSION_TOKEN.length(), secret - 1)
                && isBase64Url(token, secret);
    }

    private static boolean isPartition(String token, int start, int end) {
        if (end - start == 1) {
            return isDigit(token.charAt(start));
        }
        return end - start == 2
                && isDigit(token.charAt(start))
                && isDigit(token.charAt(start + 1))
                && token.charAt(start) >= '1'
                && token.substring(start, end).compareTo("63") <= 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBase64Url(String token, int start) {
        for (int i = start; i < token.length(); i++) {
            char c = token.charAt(i);
            if (!isDigit(c) && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /** Two session cookies are refused: neither is better than the other, and one may belong to another user. */
    private static @Nullable SessionToken broughtAlongIn(HttpHeaders headers) {
        List<String> tokens = cookies(headers, SessionCookies.SESSION);
        if (tokens.isEmpty()) {
            return null;
        }
        if (tokens.size() > 1 || !isSessionToken(tokens.getFirst())) {
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
