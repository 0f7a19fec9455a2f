package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.access.Audience;
import dev.frontdesk.contracts.access.Endpoint;
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

    private final Map<String, Audience> audiences;

    /** @param audiences keyed by method and path, separated by a space */
    Permissions(Map<String, Audience> audiences) {
        this.audiences = Map.copyOf(audiences);
    }

    static Permissions ofTheSuite() {
        return new Permissions(Stream.of(Endpoint.values())
                .collect(Collectors.toMap(it -> it.method() + " " + it.path(), Endpoint::audience)));
    }

    /**
     * Prevents the start of a service that has an endpoint without an entry in the table.
     *
     * @throws IllegalStateException naming the endpoint
     */
    Audience require(String method, String pattern) {
        Audience audience = audienceOf(method, pattern);
        if (audience == null) {
            throw new IllegalStateException(
                    method + " " + pattern + " is missing from " + Endpoint.class.getName() + ": add it there");
        }
        return audience;
    }

    /** @throws ProblemException 401 for an unknown caller, 403 for any other caller whom the endpoint does not admit */
    void check(String method, String pattern, @Nullable Caller caller) {
        check(Objects.requireNonNull(audienceOf(method, pattern), pattern), caller);
    }

    /** Like {@link #check(String, String, Caller)}, for an entry of the table that was read before. */
    static void check(Audience audience, @Nullable Caller caller) {
        if (caller == null || !admits(audience, caller)) {
            throw refusal(audience, caller);
        }
    }

    private @Nullable Audience audienceOf(String method, String pattern) {
        Audience audience = audiences.get(method + " " + pattern);
        return audience != null
                ? audience
                : audiences.get(method + " " + NARROWED.matcher(pattern).replaceAll("{$1}"));
    }

    private static boolean admits(Audience audience, Caller caller) {
        return switch (audience) {
            case EVERYONE -> !(caller instanceof Caller.Service);
            case ACCOUNTS -> caller instanceof Caller.Account;
            case ACCOUNTS_AND_OPERATORS -> caller instanceof Caller.Account || caller instanceof Caller.Operator;
            case ADMINISTRATORS -> Administrators.include(caller);
            case OPERATORS -> Operators.include(caller);
            case OPERATOR_KEY -> caller instanceof Caller.Operator;
            case SERVICES -> caller instanceof Caller.Service;
        };
    }

    /**
     * A service that calls a public endpoint, and any other caller of an internal one, gets the same answer as an
     * unknown caller, so that it learns nothing more.
     */
    private static ProblemException refusal(Audience audience, @Nullable Caller caller) {
        if (caller == null
                || caller instanceof Caller.Anonymous
                || caller instanceof Caller.Service
                || audience == Audience.SERVICES) {
            return ProblemException.unauthenticated();
        }
        return new ProblemException(
                ProblemType.FORBIDDEN,
                switch (audience) {
                    case OPERATORS -> "This endpoint is for operators.";
                    case ADMINISTRATORS -> "This endpoint is for administrators.";
                    case OPERATOR_KEY -> "This endpoint is for the operator key alone.";
                    default -> "This endpoint is for another kind of caller.";
                });
    }
}
