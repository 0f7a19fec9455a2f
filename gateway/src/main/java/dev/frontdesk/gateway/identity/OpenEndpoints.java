package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.access.Audience;
import dev.frontdesk.contracts.access.Endpoint;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** The endpoints that need no credentials, from the table of permissions. */
final class OpenEndpoints {

    private static final Map<String, Set<String>> METHODS = Arrays.stream(Endpoint.values())
            .filter(endpoint -> endpoint.audience() == Audience.EVERYONE)
            .collect(Collectors.groupingBy(
                    Endpoint::path, Collectors.mapping(Endpoint::method, Collectors.toUnmodifiableSet())));

    private OpenEndpoints() {}

    static boolean has(ServerHttpRequest request) {
        Set<String> methods =
                METHODS.get(request.getPath().pathWithinApplication().value());
        return methods != null && methods.contains(request.getMethod().name());
    }
}
