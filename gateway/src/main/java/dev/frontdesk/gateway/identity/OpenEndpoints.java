package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.access.Audience;
import dev.frontdesk.contracts.access.Endpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The endpoints that need no credentials, from the table of permissions. */
final class OpenEndpoints {

    private static final Map<String, Set<String>> METHODS = endpoints(path -> !isPattern(path))
            .collect(Collectors.groupingBy(
                    Endpoint::path, Collectors.mapping(Endpoint::method, Collectors.toUnmodifiableSet())));

    private static final List<Pattern> PATTERNS =
            endpoints(OpenEndpoints::isPattern).map(Pattern::of).toList();

    /** @param prefix compared first, because this is called for every request */
    private record Pattern(String method, String prefix, PathPattern pattern) {

        static Pattern of(Endpoint endpoint) {
            return new Pattern(
                    endpoint.method(),
                    endpoint.path().substring(0, endpoint.path().indexOf('{')),
                    PathPatternParser.defaultInstance.parse(endpoint.path()));
        }

        boolean matches(PathContainer path, String asked) {
            return path.value().startsWith(prefix) && method.equals(asked) && pattern.matches(path);
        }
    }

    private OpenEndpoints() {}

    private static Stream<Endpoint> endpoints(Predicate<String> path) {
        return Arrays.stream(Endpoint.values())
                .filter(endpoint -> endpoint.audience() == Audience.EVERYONE && path.test(endpoint.path()));
    }

    private static boolean isPattern(String path) {
        return path.indexOf('{') >= 0;
    }

    static boolean has(ServerHttpRequest request) {
        PathContainer path = request.getPath().pathWithinApplication();
        String method = request.getMethod().name();
        Set<String> methods = METHODS.get(path.value());
        if (methods != null) {
            return methods.contains(method);
        }
        for (Pattern pattern : PATTERNS) {
            if (pattern.matches(path, method)) {
                return true;
            }
        }
        return false;
    }
}
