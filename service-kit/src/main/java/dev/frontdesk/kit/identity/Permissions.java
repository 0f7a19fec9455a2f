package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.access.Audience;
import dev.frontdesk.contracts.access.Endpoint;
import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The permission table: which callers may call which endpoint. */
final class Permissions {

    /**
     * {@code {id:[a-f]{8}}}: a path variable with a regular expression, which may itself contain one level of braces.
     */
    private static final Pattern NARROWED = Pattern.compile("\\{(\\w+):(?:[^{}]|\\{[^{}]*})*}");

    private final Map<String, Permission> permissions;

    /** @param permissions keyed by method and path, separated by a space */
    Permissions(Map<String, Permission> permissions) {
        this.permissions = Map.copyOf(permissions);
    }

    static Permissions ofTheSuite() {
        return new Permissions(Stream.of(Endpoint.values())
                .collect(Collectors.toMap(it -> it.method() + " " + it.path(), Permission::of)));
    }

    /**
     * Prevents the start of a service that has an endpoint without an entry in the table.
     *
     * @throws IllegalStateException naming the endpoint
     */
    Permission require(String method, String pattern) {
        Permission permission = find(method, pattern);
        if (permission == null) {
            throw new IllegalStateException(
                    method + " " + pattern + " is missing from " + Endpoint.class.getName() + ": add it there");
        }
        return permission;
    }

    /** @throws ProblemException 401 for an unknown caller, 403 for any other caller whom the endpoint does not admit */
    void check(String method, String pattern, @Nullable Caller caller) {
        check(Objects.requireNonNull(find(method, pattern), pattern), caller);
    }

    /** Like {@link #check(String, String, Caller)}, for an entry of the table that was read before. */
    static void check(Permission permission, @Nullable Caller caller) {
        if (caller == null || !permission.admits(caller)) {
            throw refusal(permission, caller);
        }
    }

    private @Nullable Permission find(String method, String pattern) {
        Permission permission = permissions.get(method + " " + pattern);
        return permission != null
                ? permission
                : permissions.get(method + " " + NARROWED.matcher(pattern).replaceAll("{$1}"));
    }

    /**
     * A service that calls a public endpoint, and any other caller of an internal one, gets the same answer as an
     * unknown caller, so that it learns nothing more.
     */
    private static ProblemException refusal(Permission permission, @Nullable Caller caller) {
        if (caller == null
                || caller instanceof Caller.Anonymous
                || caller instanceof Caller.Service
                || permission.audience() == Audience.SERVICES) {
            return ProblemException.unauthenticated();
        }
        return new ProblemException(
                ProblemType.FORBIDDEN,
                permission.allows(caller.apiKey()) ? reason(permission.audience()) : reason(permission.scope()));
    }

    private static String reason(@Nullable Scope needed) {
        return needed == null
                ? "This endpoint is not for API keys."
                : "The API key lacks the scope " + needed.text() + ".";
    }

    private static String reason(Audience audience) {
        return switch (audience) {
            case OPERATORS -> "This endpoint is for operators.";
            case ADMINISTRATORS -> "This endpoint is for administrators.";
            case OPERATOR_KEY -> "This endpoint is for the operator key alone.";
            default -> "This endpoint is for another kind of caller.";
        };
    }
}
