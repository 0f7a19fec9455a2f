package dev.frontdesk.cache.names;

import dev.frontdesk.kit.web.ProblemException;
import java.util.regex.Pattern;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** The names of namespaces: 1 to 64 of {@code a-z 0-9 . _ -}, but not {@code .} or {@code ..}. */
public final class NamespaceName {

    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

    private NamespaceName() {}

    /** @throws ProblemException 400 */
    public static String checked(String name) {
        if (!isOne(name)) {
            throw ProblemException.invalid("namespace", "must be 1 to 64 of a-z, 0-9, '.', '_' and '-'");
        }
        return name;
    }

    public static boolean isOne(String name) {
        return NAME.matcher(name).matches() && !NameRule.leadsAlongThePath(name);
    }

    /** Path variables leave out what follows a semicolon. */
    public static String in(ServerHttpRequest request, String name) {
        if (request.getPath().value().indexOf(';') >= 0) {
            throw ProblemException.invalid("namespace", "must not have semicolons");
        }
        return checked(name);
    }
}
