package dev.frontdesk.gateway.routing;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.kit.resilience.ConnectFailures;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Finds the route of a request, runs the filters of the route, and forwards the request to the route's service. */
@Component
public final class Routing implements SmartInitializingSingleton {

    private final RouteDefinitionLocator definitions;
    private final RouteLocator routes;
    private final HttpClient client;
    private final HttpClientProperties properties;
    private final StalledResponses stalled;
    private @Nullable RouteTable table;
    private Map<String, GatewayFilterChain> chains = Map.of();

    Routing(
            RouteDefinitionLocator definitions,
            RouteLocator routes,
            HttpClient client,
            HttpClientProperties properties,
            StalledResponses stalled) {
        this.definitions = definitions;
        this.routes = routes;
        this.client = client;
        this.properties = properties;
        this.stalled = stalled;
    }

    /** The routes come from the configuration, so they are there at once. */
    @Override
    public void afterSingletonsInstantiated() {
        definitions
                .getRouteDefinitions()
                .collectList()
                .zipWith(routes.getRoutes().collectList(), this::read)
                .subscribe();
        if (table == null) {
            throw new IllegalStateException("The routes could not be read from the configuration");
        }
    }

    private boolean read(List<RouteDefinition> defined, List<Route> made) {
        var perRoute = new HashMap<String, GatewayFilterChain>();
        for (Route route : made) {
            perRoute.put(route.getId(), FilterChain.of(route.getFilters(), forwarding(route)));
        }
        chains = Map.copyOf(perRoute);
        table = new RouteTable(defined, made);
        return true;
    }

    private GatewayFilterChain forwarding(Route route) {
        URI service = route.getUri();
        if (service.getHost() == null || !service.getScheme().equals("http")) {
            return _ -> Mono.error(new IllegalStateException("Route " + route.getId() + " has no service"));
        }
        var proxy = ReverseProxy.ofService(client, service, responseTimeoutOf(route));
        return exchange -> ConnectFailures.again(Mono.defer(() -> proxy.send(exchange)));
    }

    private Duration responseTimeoutOf(Route route) {
        Object own = route.getMetadata().get(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR);
        Duration timeout =
                own == null ? properties.getResponseTimeout() : Duration.ofMillis(Long.parseLong(own.toString()));
        if (timeout == null || !timeout.isPositive()) {
            throw new IllegalStateException("Route " + route.getId() + " needs a positive response timeout");
        }
        return timeout;
    }

    /** Also stores the route in the exchange; null if the request matches none. */
    public @Nullable Route find(ServerWebExchange exchange) {
        return table == null ? null : table.find(exchange);
    }

    /** Runs the filters of the route and passes the service's response on. */
    public Mono<Void> forward(ServerWebExchange exchange, Route route) {
        return forward(exchange, requireNonNull(chains.get(route.getId()), route.getId()), ResponseChange.NONE);
    }

    /**
     * The same for a route that is not of the configuration.
     *
     * @param chain its filters; the last one sends the request with a {@link ReverseProxy}, or answers itself
     */
    public Mono<Void> forward(ServerWebExchange exchange, GatewayFilterChain chain, ResponseChange change) {
        return chain.filter(exchange)
                .then(Mono.defer(() -> ReverseProxy.respond(exchange, stalled.stalledAfter(), change)))
                .doFinally(how -> {
                    ServiceResponse response = ServiceResponse.of(exchange);
                    if (response != null) {
                        response.end(how);
                    }
                });
    }
}
