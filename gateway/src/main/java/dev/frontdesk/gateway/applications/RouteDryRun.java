package dev.frontdesk.gateway.applications;

import dev.frontdesk.kit.web.FieldReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which route a request would take. */
final class RouteDryRun {

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

    private final ApplicationRoutes routes;
    private final RouteSources sources;

    RouteDryRun(ApplicationRoutes routes, RouteSources sources) {
        this.routes = routes;
        this.sources = sources;
    }

    /**
     * @param url of the request, with its host
     * @param external the request is one that another proxy asks about; false if missing
     * @param routes what to try instead of the current routes of the API; null for the current ones
     */
    record Request(
            @Nullable String method,
            @Nullable String url,
            @Nullable Boolean external,
            @Nullable List<RouteDraft> routes) {}

    /**
     * @param route the id of the route; missing if there is none
     * @param ofFrontdesk the path is one of Frontdesk's own, which no route gets
     * @param target the path and query that the application is asked for; missing without a route, and for an external one
     * @param servers those of the route; none for an external one
     * @param otherMethods methods for which the path has a route, if there is none for this one
     */
    record Result(
            @Nullable String route,
            boolean ofFrontdesk,
            @Nullable String target,
            List<URI> servers,
            Set<String> otherMethods) {}

    /** @throws dev.frontdesk.kit.web.ProblemException 400 */
    Result run(Request request) {
        var fields = new FieldReader();
        String method =
                fields.optional("method", request.method(), RouteDryRun::method).orElse("GET");
        URI url = fields.required("url", request.url(), RouteDryRun::url).orElse(URI.create("http://localhost/"));
        fields.check();
        String path = ApplicationRoutes.decoded(url.getRawPath());
        boolean external = Boolean.TRUE.equals(request.external());
        if (!external && OwnPaths.include(path)) {
            return new Result(null, true, null, List.of(), Set.of());
        }
        var found = set(request.routes(), external).find(ApplicationRoutes.hostOf(url), path, method);
        ApplicationRoute route = found.result();
        return route == null
                ? new Result(null, false, null, List.of(), found.otherMethods())
                : new Result(
                        route.id(),
                        false,
                        external ? null : PathRewrite.of(route).target(url),
                        List.copyOf(route.servers().keySet()),
                        Set.of());
    }

    private RouteSet<ApplicationRoute> set(@Nullable List<RouteDraft> drafts, boolean external) {
        Stream<ApplicationRoute> all = drafts == null
                ? routes.all().stream()
                : Stream.concat(sources.fixed().stream(), sources.check(drafts).stream());
        return new RouteSet<>(all.filter(it -> it.external() == external).toList(), route -> route);
    }

    private static String method(String text) {
        if (!METHOD.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a method in upper case");
        }
        return text;
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() == null
                    || url.getScheme() == null
                    || !url.getScheme().toLowerCase(Locale.ROOT).matches("https?")) {
                throw new IllegalArgumentException("must begin with http:// or https:// and have a host");
            }
            return url.getRawPath().isEmpty() ? url.resolve("/") : url;
        } catch (URISyntaxException notOne) {
            throw new IllegalArgumentException("must be a URL", notOne);
        }
    }
}
