package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.kit.problem.ProblemException;
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
    record SessionToken(String token) implements Credential {
        @Override
        public String toString() {
            return "SessionToken[***]";
        }
    }

    /** RFC 6750, section 2.1; the scheme in any case, as RFC 9110 has it. */
    Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]{1,256}=*) *");

    Pattern SESSION_TOKEN = Pattern.compile("fds_[A-Za-z0-9_-]{1,128}");
    String API_KEY_PREFIX = "fdo_";

    /**
     * The API key's own header comes first: who uses it may keep {@code Authorization} for something else.
     *
     * @throws ProblemException 401 for everything that is there and is no credential of ours
     */
    static Credential in(HttpHeaders headers) {
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
            throw ProblemException.unauthenticated();
        }
        String token = bearer.group(1);
        if (token.startsWith(API_KEY_PREFIX)) {
            return new ApiKey(token);
        }
        if (SESSION_TOKEN.matcher(token).matches()) {
            return new SessionToken(token);
        }
        throw ProblemException.unauthenticated();
    }

    private static String theOnly(List<String> values) {
        if (values.size() > 1) {
            throw ProblemException.unauthenticated();
        }
        return values.getFirst();
    }
}
