package dev.frontdesk.gateway.applications;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.routing.ResponseChange;
import dev.frontdesk.gateway.streams.StreamPlace;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A route to an application that requests can take. A request keeps its route, also if the routes change meanwhile. */
public final class ActiveRoute {

    private final ApplicationRoute route;
    private final Route springRoute;
    private final GatewayFilterChain chain;
    private final ResponseChange responseChange;
    private final @Nullable Function<ServerWebExchange, StreamPlace> places;

    /** @param places of the requests that may become sockets or event streams; null if the route lets none pass */
    ActiveRoute(
            ApplicationRoute route,
            Route springRoute,
            GatewayFilterChain chain,
            ResponseChange responseChange,
            @Nullable Function<ServerWebExchange, StreamPlace> places) {
        this.route = route;
        this.springRoute = springRoute;
        this.chain = chain;
        this.responseChange = responseChange;
        this.places = places;
    }

    /** For limits, logs and metrics: its id begins with {@code app.}. */
    public Route springRoute() {
        return springRoute;
    }

    /** Checks who may come, and sends the request unless the route is external. */
    public GatewayFilterChain chain() {
        return chain;
    }

    public ResponseChange responseChange() {
        return responseChange;
    }

    /** The whole request with its response; counts as a stream if it becomes one, until it ends. */
    public Mono<Void> counted(ServerWebExchange exchange, Mono<Void> request) {
        return places == null ? request : places.apply(exchange).of(exchange, request);
    }

    /** Whose callers it is for; null for those of all tenants. */
    public @Nullable TenantId tenant() {
        return route.tenant();
    }

    /** Whether callers without credentials may come; a cookie of a session that has ended counts as none then. */
    public boolean isOpen() {
        return route.access().anonymous();
    }

    /** Of the assertion that the application gets. */
    public String audience() {
        return route.audience();
    }

    /** Whether the application is also told in plain headers who calls. */
    public boolean hasIdentityHeaders() {
        return route.identityHeaders();
    }

    /** What a client gets for an error of the application; the error itself for others. */
    public Throwable map(Throwable error) {
        return ApplicationErrors.map(route, error);
    }

    /** Whether requests of the route may open WebSockets. */
    public boolean hasSockets() {
        return route.websocket();
    }

    ApplicationRoute route() {
        return route;
    }
}
