package dev.frontdesk.gateway.applications;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request: the most specific host first, then the most specific path. Routes are found by the first
 * segments of their paths, so a request is compared with a few of them only.
 *
 * @param <R> what is found
 */
final class RouteSet<R> {

    private final Map<String, PathsOfHost<R>> byName = new HashMap<>();

    /** For domains and for any host, the most specific first. */
    private final Map<HostPattern, PathsOfHost<R>> byPattern = new TreeMap<>();

    private record Entry<R>(PathTemplate path, ApplicationRoute route, R result) {}

    private static final class PathsOfHost<R> {

        private final Map<String, List<Entry<R>>> byFirst = new HashMap<>();
        private final List<Entry<R>> others = new ArrayList<>();

        void add(Entry<R> entry) {
            boolean wildcard = entry.path().first().startsWith(PathTemplate.ONE);
            List<Entry<R>> list =
                    wildcard ? others : byFirst.computeIfAbsent(entry.path().first(), _ -> new ArrayList<>());
            list.add(entry);
            list.sort(Comparator.comparing(Entry::path, PathTemplate.MOST_SPECIFIC_FIRST));
        }

        @Nullable R find(String path, String method, Set<String> otherMethods) {
            R found = first(byFirst.getOrDefault(firstOf(path), List.of()), path, method, otherMethods);
            return found == null && otherMethods.isEmpty() ? first(others, path, method, otherMethods) : found;
        }

        /** The most specific pattern decides: a request with another method must not take a route for more paths. */
        private @Nullable R first(List<Entry<R>> entries, String path, String method, Set<String> otherMethods) {
            PathTemplate decides = null;
            for (Entry<R> entry : entries) {
                if (decides == null
                        ? !entry.path().matches(path)
                        : !entry.path().equals(decides)) {
                    continue;
                }
                if (entry.route().accepts(method)) {
                    return entry.result();
                }
                otherMethods.addAll(entry.route().methods());
                decides = entry.path();
            }
            return null;
        }
    }

    /** @param result of a route; called once for each */
    RouteSet(List<ApplicationRoute> routes, Function<ApplicationRoute, R> result) {
        for (ApplicationRoute route : routes) {
            R made = result.apply(route);
            for (PathTemplate path : route.paths()) {
                pathsOf(route.host()).add(new Entry<>(path, route, made));
            }
        }
    }

    private PathsOfHost<R> pathsOf(HostPattern host) {
        return host.below()
                ? byPattern.computeIfAbsent(host, _ -> new PathsOfHost<>())
                : byName.computeIfAbsent(host.name(), _ -> new PathsOfHost<>());
    }

    /** @param otherMethods of the routes with the most specific host and path, which do not have the method; empty if a route was found */
    record Found<R>(@Nullable R result, Set<String> otherMethods) {}

    /**
     * @param host in lower case, without a port; empty if the request has none
     * @param path decoded, without empty segments except at the end
     */
    Found<R> find(String host, String path, String method) {
        var otherMethods = new TreeSet<String>();
        PathsOfHost<R> named = byName.get(host);
        R found = named == null ? null : named.find(path, method, otherMethods);
        for (Map.Entry<HostPattern, PathsOfHost<R>> candidate : byPattern.entrySet()) {
            if (found != null || !otherMethods.isEmpty()) {
                break;
            }
            if (candidate.getKey().matches(host)) {
                found = candidate.getValue().find(path, method, otherMethods);
            }
        }
        return found == null ? new Found<>(null, otherMethods) : new Found<>(found, Set.of());
    }

    private static String firstOf(String path) {
        int end = path.indexOf('/', 1);
        return path.substring(1, end < 0 ? path.length() : end);
    }
}
