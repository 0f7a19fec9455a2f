package dev.frontdesk.gateway.routing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The routes of application.yml, in their order, indexed by the first segments of their paths: a request is compared
 * with a few patterns only. A route may have the predicates {@code Path} and {@code Method}.
 */
final class RouteTable {

    /** How many leading segments are compared by a look-up: {@code /api/v1/cache}. */
    private static final int INDEXED = 3;

    private static final List<String> PREDICATES = List.of("Path", "Method");

    private final Map<String, List<Entry>> byPrefix = new HashMap<>();

    /** For patterns with a wildcard in their first segments. */
    private final List<Entry> others = new ArrayList<>();

    private record Entry(int order, PathPattern pattern, Set<String> methods, Route route) {

        boolean matches(PathContainer path, String method) {
            return (methods.isEmpty() || methods.contains(method)) && pattern.matches(path);
        }
    }

    RouteTable(List<RouteDefinition> definitions, Collection<Route> routes) {
        Map<String, Route> byId = routes.stream().collect(Collectors.toMap(Route::getId, route -> route));
        int order = 0;
        for (RouteDefinition definition : definitions) {
            Route route = byId.get(definition.getId());
            if (route == null) {
                throw new IllegalStateException("Route " + definition.getId() + " could not be made");
            }
            check(definition);
            for (String path : arguments(definition, "Path")) {
                add(new Entry(
                        order++,
                        PathPatternParser.defaultInstance.parse(path),
                        Set.copyOf(arguments(definition, "Method")),
                        route));
            }
        }
    }

    private void add(Entry entry) {
        String prefix = prefixOf(entry.pattern().getPatternString());
        if (prefix.indexOf('*') >= 0 || prefix.indexOf('{') >= 0) {
            others.add(entry);
        } else {
            byPrefix.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(entry);
        }
    }

    /** Sets the attributes of the route that the request matches. */
    @Nullable Route find(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        PathContainer path = request.getPath().pathWithinApplication();
        String method = request.getMethod().name();
        Entry found = first(byPrefix.getOrDefault(prefixOf(path.value()), List.of()), path, method);
        if (!others.isEmpty()) {
            Entry other = first(others, path, method);
            found = found == null || (other != null && other.order() < found.order()) ? other : found;
        }
        if (found == null) {
            return null;
        }
        exchange.getAttributes().put(GATEWAY_ROUTE_ATTR, found.route());
        exchange.getAttributes()
                .put(GATEWAY_PREDICATE_MATCHED_PATH_ATTR, found.pattern().getPatternString());
        return found.route();
    }

    private static @Nullable Entry first(List<Entry> entries, PathContainer path, String method) {
        for (Entry entry : entries) {
            if (entry.matches(path, method)) {
                return entry;
            }
        }
        return null;
    }

    /** {@code /api/v1/cache} of {@code /api/v1/cache/names/a}, and of {@code /api/v1/cache/**}. */
    private static String prefixOf(String path) {
        int end = 0;
        for (int i = 0; i < INDEXED && end >= 0; i++) {
            end = path.indexOf('/', end + 1);
        }
        return end < 0 ? path : path.substring(0, end);
    }

    /** A predicate that is not read would let in more requests than the route says. */
    private static void check(RouteDefinition definition) {
        for (PredicateDefinition predicate : definition.getPredicates()) {
            if (!PREDICATES.contains(String.valueOf(predicate.getName()))) {
                throw new IllegalStateException("Route " + definition.getId() + ": " + predicate.getName()
                        + " is not supported, only " + PREDICATES);
            }
        }
        if (arguments(definition, "Path").isEmpty()) {
            throw new IllegalStateException("Route " + definition.getId() + " has no Path");
        }
    }

    private static List<String> arguments(RouteDefinition definition, String predicate) {
        return definition.getPredicates().stream()
                .filter(it -> predicate.equals(it.getName()))
                .map(PredicateDefinition::getArgs)
                .flatMap(arguments -> arguments.values().stream())
                .toList();
    }
}
