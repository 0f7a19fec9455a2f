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

/** Who may call what. */
final class Permissions {

    /** {@code {id:[a-f]{8}}}: what a handler takes for a name, with braces of its own one level deep. */
    private static final Pattern NARROWED = Pattern.compile("\\{(\\w+):(?:[^{}]|\\{[^{}]*})*}");

    private final Map<String, Audience> audiences;

    /** @param audiences by method and path, a space between them */
    Permissions(Map<String, Audience> audiences) {
        this.audiences = Map.copyOf(audiences);
    }

    static Permissions ofTheSuite() {
        return new Permissions(Stream.of(Endpoint.values())
                .collect(Collectors.toMap(it -> it.method() + " " + it.path(), Endpoint::audience)));
    }

    /**
     * Begins no work whose callers nobody thought of.
     *
     * @throws IllegalStateException naming the endpoint
     */
    void require(String method, String pattern) {
        if (audienceOf(method, pattern) == null) {
            throw new IllegalStateException(
                    method + " " + pattern + " is missing from " + Endpoint.class.getName() + ": say who may call it");
        }
    }

    /** @throws ProblemException 401 for somebody unknown, 403 for anybody else whom the endpoint is not for */
    void check(String method, String pattern, @Nullable Caller caller) {
        Audience audience = Objects.requireNonNull(audienceOf(method, pattern), pattern);
        if (caller == null || !admits(audience, caller)) {
            throw refusal(audience, caller);
        }
    }

    private @Nullable Audience audienceOf(String method, String pattern) {
        return audiences.get(method + " " + NARROWED.matcher(pattern).replaceAll("{$1}"));
    }

    private static boolean admits(Audience audience, Caller caller) {
        return switch (audience) {
            case ANYBODY -> !(caller instanceof Caller.Service);
            case ACCOUNTS -> caller instanceof Caller.Account;
            case ACCOUNTS_AND_OPERATORS -> caller instanceof Caller.Account || caller instanceof Caller.Operator;
            case ADMINISTRATORS -> Administrators.include(caller);
            case OPERATORS -> Operators.include(caller);
            case SERVICES -> caller instanceof Caller.Service;
        };
    }

    /** A service that strays outside, and anybody who strays inside, are told no more than a stranger is. */
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
                    default -> "This endpoint is for another kind of caller.";
                });
    }
}
