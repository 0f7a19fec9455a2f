package dev.frontdesk.gateway.applications;

import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks routes as a whole. Two routes of one host whose paths overlap, and of which neither is more specific, are refused, unless
 * they have the same path for different methods: which one gets a request must not depend on their order.
 */
final class RouteSetReader {

    static final int MOST_ROUTES = 500;

    /** Of all routes together: each is compared with each other one. */
    static final int MOST_PATHS = 2000;

    /** More than one person would read. */
    private static final int MOST_ERRORS = 100;

    private final RouteReader reader;

    RouteSetReader(RouteReader reader) {
        this.reader = reader;
    }

    /**
     * @param stored those that were accepted before: one route whose address is not allowed any more must not make the others
     *     unusable
     * @param fixed routes that are there in any case
     * @throws ProblemException 400 with an error for each wrong field
     */
    List<ApplicationRoute> read(List<RouteDraft> drafts, Collection<RouteDraft> stored, List<ApplicationRoute> fixed) {
        var accepted = new HashSet<>(stored);
        var errors = new FieldReader();
        if (drafts.size() + fixed.size() > MOST_ROUTES) {
            errors.refuse("routes", "must be at most " + MOST_ROUTES);
            errors.check();
        }
        var routes = new ArrayList<@Nullable ApplicationRoute>();
        for (int i = 0; i < drafts.size(); i++) {
            @Nullable RouteDraft draft = drafts.get(i);
            if (draft == null) {
                errors.refuse("routes[" + i + "]", "is required");
                routes.add(null);
            } else {
                routes.add(reader.read(draft, "routes[" + i + "].", accepted.contains(draft), errors));
            }
        }
        errors.check();
        if (Stream.concat(routes.stream(), fixed.stream())
                        .filter(Objects::nonNull)
                        .mapToInt(route -> route.paths().size())
                        .sum()
                > MOST_PATHS) {
            errors.refuse("routes", "must have at most " + MOST_PATHS + " paths together");
            errors.check();
        }
        for (int i = 0; i < routes.size() && errors.count() < MOST_ERRORS; i++) {
            ApplicationRoute route = routes.get(i);
            if (route != null) {
                String at = "routes[" + i + "].";
                fixed.forEach(other -> compare(route, other, at, errors));
                routes.subList(0, i).stream()
                        .filter(Objects::nonNull)
                        .forEach(other -> compare(route, Objects.requireNonNull(other), at, errors));
            }
        }
        errors.check();
        return routes.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static void compare(ApplicationRoute route, ApplicationRoute other, String at, FieldReader errors) {
        if (route.id().equals(other.id())) {
            errors.refuse(at + "id", "is the id of another route");
        }
        if (leadElsewhereWithOneAudience(route, other)) {
            errors.refuse(
                    at + "audience",
                    "is that of the route " + other.id()
                            + ", which leads to other servers: each could use the assertions of the other one");
        }
        if (route.external() != other.external() || !route.host().equals(other.host())) {
            return;
        }
        boolean shareMethods = shareMethods(route, other);
        for (int i = 0; i < route.paths().size(); i++) {
            PathTemplate path = route.paths().get(i);
            for (PathTemplate its : other.paths()) {
                if (path.equals(its) ? shareMethods : areAmbiguous(path, its)) {
                    errors.refuse(
                            at + "paths[" + i + "]",
                            "overlaps with " + its.text() + " of the route " + other.id()
                                    + ", and neither of them is more specific");
                }
            }
        }
    }

    /** An application that gets assertions for another one could send them there. */
    private static boolean leadElsewhereWithOneAudience(ApplicationRoute route, ApplicationRoute other) {
        return route.audience().equals(other.audience())
                && !route.id().equals(other.id())
                && (route.external() != other.external()
                        || (route.external()
                                ? !route.host().equals(other.host())
                                : !route.servers()
                                        .keySet()
                                        .equals(other.servers().keySet())));
    }

    private static boolean shareMethods(ApplicationRoute route, ApplicationRoute other) {
        return route.methods().isEmpty()
                || other.methods().isEmpty()
                || route.methods().stream().anyMatch(other::accepts)
                || other.methods().stream().anyMatch(route::accepts);
    }

    private static boolean areAmbiguous(PathTemplate path, PathTemplate other) {
        return path.overlaps(other) && path.covers(other) == other.covers(path);
    }
}
