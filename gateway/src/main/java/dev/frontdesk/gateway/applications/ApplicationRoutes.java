package dev.frontdesk.gateway.applications;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Problems;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;

/** The routes to applications that requests can take at present. */
public final class ApplicationRoutes {

    private static final Logger log = LoggerFactory.getLogger(ApplicationRoutes.class);
    private static final String ACTIVE = ActiveRoute.class.getName();

    private final RouteActivation activation;
    private final Loops loops;
    private volatile RouteSet<ActiveRoute> routes = none();
    private volatile RouteSet<ActiveRoute> external = none();
    private volatile boolean known;
    private volatile List<ApplicationRoute> documented = List.of();
    private Map<ApplicationRoute, ActiveRoute> active = Map.of();

    ApplicationRoutes(RouteActivation activation, Loops loops) {
        this.activation = activation;
        this.loops = loops;
    }

    private static RouteSet<ActiveRoute> none() {
        return new RouteSet<>(List.of(), route -> {
            throw new IllegalStateException(route.id());
        });
    }

    /** Requests that have a route already keep it. A route that is the same as before keeps what it knows of its servers. */
    synchronized void replace(List<ApplicationRoute> all) {
        var made = new HashMap<ApplicationRoute, ActiveRoute>();
        for (ApplicationRoute route : all) {
            ActiveRoute same = active.get(route);
            made.put(route, same == null ? activation.activate(route) : same);
        }
        routes = set(all, false, made);
        external = set(all, true, made);
        documented = all.stream().filter(it -> it.openapi() != null).toList();
        Set<String> ids = all.stream().map(ApplicationRoute::id).collect(Collectors.toSet());
        active.keySet().stream()
                .map(ApplicationRoute::id)
                .filter(id -> !ids.contains(id))
                .forEach(activation::forget);
        active = made;
        log.info("{} routes to applications are active", all.size());
    }

    private static RouteSet<ActiveRoute> set(
            List<ApplicationRoute> all, boolean external, Map<ApplicationRoute, ActiveRoute> made) {
        return new RouteSet<>(
                all.stream().filter(route -> route.external() == external).toList(), made::get);
    }

    /** From now on, a route that is not known does not exist. */
    void areComplete() {
        known = true;
    }

    /** The route that {@link #find} has found for the request; null for a request to Frontdesk itself. */
    public static @Nullable ActiveRoute of(ServerWebExchange exchange) {
        return exchange.getAttribute(ACTIVE);
    }

    /**
     * Stores the route in the exchange. Null if there is none.
     *
     * @throws ProblemException 405 if other methods have one, 508 if the request came from here, 503 while the routes are not
     *     known
     */
    public @Nullable ActiveRoute find(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        String path = decoded(request.getURI().getRawPath());
        if (OwnPaths.include(path)) {
            return null;
        }
        ActiveRoute route = found(routes.find(hostOf(request.getURI()), path, methodOf(request)));
        if (route != null) {
            loops.check(request.getHeaders().getOrEmpty("Via"));
            store(exchange, route);
        }
        return route;
    }

    /**
     * The route of a request that another proxy sends to its application. Also Frontdesk's own paths may be there: it does
     * not serve them on that host. A preflight request is one with the method OPTIONS, because the gateway does not answer it.
     * Stores the route in the exchange.
     *
     * @param exchange with the request as the proxy got it
     * @throws ProblemException 404 without a route, 405 if other methods have one, 503 while the routes are not known
     */
    public ActiveRoute findExternal(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        String path = decoded(request.getURI().getRawPath());
        ActiveRoute route = found(external.find(
                hostOf(request.getURI()), path, request.getMethod().name()));
        if (route == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "No external route has this host and path.");
        }
        store(exchange, route);
        return route;
    }

    private @Nullable ActiveRoute found(RouteSet.Found<ActiveRoute> found) {
        if (found.result() == null) {
            if (!found.otherMethods().isEmpty()) {
                throw notAllowed(found.otherMethods());
            }
            if (!known) {
                throw Problems.unavailable();
            }
        }
        return found.result();
    }

    private static void store(ServerWebExchange exchange, ActiveRoute route) {
        exchange.getAttributes().put(ACTIVE, route);
        exchange.getAttributes().put(GATEWAY_ROUTE_ATTR, route.springRoute());
        exchange.getAttributes()
                .put(GATEWAY_PREDICATE_MATCHED_PATH_ATTR, route.springRoute().getId());
    }

    /** The OpenAPI documents of applications that are at this URL's host, by the ids of their routes. */
    public List<ApplicationDocument> documentsAt(URI uri) {
        RouteSet<ActiveRoute> current = routes;
        String host = hostOf(uri);
        var found = new ArrayList<ApplicationDocument>();
        for (ApplicationRoute route : documented) {
            String path = Objects.requireNonNull(route.openapi());
            ActiveRoute taken = current.find(host, path, HttpMethod.GET.name()).result();
            // Another host, or a more specific route of another application has the path.
            if (taken != null && taken.route().equals(route)) {
                found.add(new ApplicationDocument(route.id(), path, taken.isOpen()));
            }
        }
        found.sort(Comparator.comparing(ApplicationDocument::route));
        return found;
    }

    /** A preflight request asks for the method that it names. */
    private static String methodOf(ServerHttpRequest request) {
        HttpMethod asked =
                CorsUtils.isPreFlightRequest(request) ? request.getHeaders().getAccessControlRequestMethod() : null;
        return (asked == null ? request.getMethod() : asked).name();
    }

    synchronized List<ApplicationRoute> all() {
        return List.copyOf(active.keySet());
    }

    /** Without the dot at its end, with which it is the same name (RFC 1034, section 3.1). */
    static String hostOf(URI uri) {
        String host = uri.getHost();
        if (host == null) {
            return "";
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    static String decoded(String rawPath) {
        return rawPath.indexOf('%') < 0 ? rawPath : UriUtils.decode(rawPath, StandardCharsets.UTF_8);
    }

    private static ProblemException notAllowed(Set<String> methods) {
        var problem = new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "Use a method in Allow.");
        problem.getHeaders().setAllow(methods.stream().map(HttpMethod::valueOf).collect(Collectors.toSet()));
        return problem;
    }
}
