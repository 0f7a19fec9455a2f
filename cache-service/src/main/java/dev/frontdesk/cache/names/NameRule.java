package dev.frontdesk.cache.names;

import dev.frontdesk.kit.web.ProblemException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What a name must be that the client chooses and that is one segment of a path: any text of UTF-8 without slashes, backslashes and
 * control characters. Proxies disagree on whether {@code %2F} is a slash of the path and whether {@code ..} leads upwards, so neither
 * is allowed.
 *
 * @param field by which errors call the name
 * @param bytes of the longest name
 */
public record NameRule(String field, int bytes) {

    /** The character with which decoders replace bytes that are not UTF-8: two such names would be the same. */
    private static final char UNDECODABLE = '\uFFFD';

    /**
     * @param variable the name as Spring has read it from the path
     * @throws ProblemException 400
     */
    public String read(ServerHttpRequest request, String variable) {
        refuseSemicolons(request);
        return checked(variable);
    }

    /**
     * Path variables leave out what follows a semicolon, so two names would be the same.
     *
     * @throws ProblemException 400
     */
    public void refuseSemicolons(ServerHttpRequest request) {
        if (request.getPath().value().indexOf(';') >= 0) {
            throw ProblemException.invalid(field, "must have semicolons encoded as %3B");
        }
    }

    /** @throws ProblemException 400 */
    public String checked(String name) {
        String wrong = problemWith(name);
        if (wrong != null) {
            throw ProblemException.invalid(field, wrong);
        }
        return name;
    }

    /** @return what a name must be instead; null if it is allowed */
    public @Nullable String problemWith(String name) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > bytes) {
            return "must be 1 to " + bytes + " bytes of UTF-8";
        }
        return leadsAlongThePath(name) || name.codePoints().anyMatch(NameRule::isRefused)
                ? "must be UTF-8 text without slashes, backslashes and control characters, and not . or .."
                : null;
    }

    public static boolean leadsAlongThePath(String segment) {
        return segment.equals(".") || segment.equals("..");
    }

    private static boolean isRefused(int c) {
        return c == '/' || c == '\\' || isUnreadable(c);
    }

    /** In no name; a surrogate without its other half has no bytes of UTF-8. */
    public static boolean isUnreadable(int c) {
        return c == UNDECODABLE || Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }
}
