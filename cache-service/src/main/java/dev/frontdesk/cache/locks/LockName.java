package dev.frontdesk.cache.locks;

import dev.frontdesk.kit.web.ProblemException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The caller's name for a lock: 1 to 256 bytes of UTF-8, any text without slashes, backslashes and control characters.
 * Proxies disagree on whether {@code %2F} is a slash of the path and whether {@code ..} leads upwards, so neither is allowed.
 */
record LockName(String text) {

    private static final String NAME = "name";
    private static final int BYTES = 256;

    /** The character with which decoders replace bytes that are not UTF-8: two such names would be the same lock. */
    private static final char UNDECODABLE = '\uFFFD';

    LockName {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > BYTES) {
            throw ProblemException.invalid(NAME, "must be 1 to 256 bytes of UTF-8");
        }
        if (text.equals(".") || text.equals("..") || text.chars().anyMatch(LockName::isRefused)) {
            throw ProblemException.invalid(
                    NAME, "must be UTF-8 text without slashes, backslashes and control characters, and not . or ..");
        }
    }

    /** @param variable the name as Spring has read it from the path */
    static LockName in(ServerHttpRequest request, String variable) {
        if (request.getPath().value().indexOf(';') >= 0) {
            // Path variables leave out what follows a semicolon, so two names would be the same lock.
            throw ProblemException.invalid(NAME, "must have semicolons encoded as %3B");
        }
        return new LockName(variable);
    }

    private static boolean isRefused(int c) {
        return c == '/' || c == '\\' || c == UNDECODABLE || Character.isISOControl(c);
    }
}
