package dev.frontdesk.gateway.applications;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.bodies.BodyLimits;
import dev.frontdesk.gateway.clients.ClientAddresses;
import dev.frontdesk.gateway.clients.SecureRequests;
import dev.frontdesk.gateway.degradation.Breakers;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.gateway.identity.SameOriginCheck;
import dev.frontdesk.gateway.limits.RouteLimits;
import dev.frontdesk.gateway.overload.Overload;
import dev.frontdesk.gateway.routing.ResponseChange;
import dev.frontdesk.gateway.routing.ReverseProxy;
import dev.frontdesk.gateway.streams.OpenStreams;
import dev.frontdesk.gateway.streams.StreamPlace;
import dev.frontdesk.gateway.upstreams.Upstream;
import dev.frontdesk.gateway.upstreams.UpstreamConnections;
import dev.frontdesk.gateway.upstreams.Upstreams;
import dev.frontdesk.gateway.websocket.Handshake;
import dev.frontdesk.gateway.websocket.SocketRelay;
import dev.frontdesk.kit.sockets.SocketLimits;
import dev.frontdesk.kit.web.ProblemException;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.HashMap;
import java.util.IdentityHashMap;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Makes of a route what a request needs to take it: its limits, its filters, and the proxies to its servers. */
@Component
final class RouteActivation {

    /** In front of the id, so that no route of an application is taken for one of the configuration. */
    private static final String PREFIX = "app.";

    private static final String WEBSOCKET = "websocket";

    /** As in application.yml. */
    private static final URI NO_SERVICE = URI.create("no://service");

    private final UpstreamConnections connections;
    private final Breakers breakers;
    private final Overload overload;
    private final ClientAddresses addresses;
    private final StreamPlaces places;
    private final SecureRequests secure;
    private final Loops loops;
    private final SocketRelay relay;
    private final Handshake handshake;
    private final OpenStreams streams;
    private final StreamProperties properties;

    RouteActivation(
            UpstreamConnections connections,
            Breakers breakers,
            Overload overload,
            ClientAddresses addresses,
            SecureRequests secure,
            Loops loops,
            SocketRelay relay,
            SocketLimits limits,
            SameOriginCheck pages,
            OpenStreams streams,
            MeterRegistry meters,
            StreamProperties properties) {
        this.connections = connections;
        this.breakers = breakers;
        this.overload = overload;
        this.addresses = addresses;
        this.secure = secure;
        this.loops = loops;
        this.relay = relay.with(
                properties.sockets().limits(limits), properties.sockets().longest());
        this.handshake = new Handshake(pages);
        this.streams = streams;
        this.places = new StreamPlaces(properties, addresses, meters);
        this.properties = properties;
    }

    ActiveRoute activate(ApplicationRoute route) {
        String id = PREFIX + route.id();
        if (route.external()) {
            return new ActiveRoute(route, springRoute(id, route), allowOnly(route), ResponseChange.NONE, null);
        }
        // What the route's former servers did says nothing about these.
        breakers.forget(id);
        Upstreams servers = connections.upstreams(route.servers());
        var heads = new IdentityHashMap<Upstream, HeadForApplication>();
        var proxies = new IdentityHashMap<Upstream, ReverseProxy>();
        var streaming = new IdentityHashMap<Upstream, ReverseProxy>();
        for (Upstream server : servers.all()) {
            var head = new HeadForApplication(route, server.uri(), addresses, secure, loops);
            heads.put(server, head);
            proxies.put(server, new ReverseProxy(connections.to(server.uri()), head, route.timeout()));
            streaming.put(server, new ReverseProxy(connections.forStreams(server.uri()), head, route.timeout()));
        }
        var proxy = new ApplicationProxy(route, servers, proxies, streaming, places);
        var socket = new ApplicationSocket(
                route, servers, heads, proxy, connections, relay, handshake, streams, properties.longest());
        return new ActiveRoute(
                route,
                springRoute(id, route),
                chain(id, route, proxy, socket),
                new ApplicationResponse(route, streams, places, properties.longest()),
                route.websocket() || route.eventStream() ? places::ofStream : null);
    }

    /** No route has this id any more. */
    void forget(String id) {
        breakers.forget(PREFIX + id);
        overload.forget(PREFIX + id);
    }

    private static Route springRoute(String id, ApplicationRoute route) {
        var metadata = new HashMap<>(RouteLimits.of(route.limits()).asMetadata(route.cost()));
        metadata.put(WEBSOCKET, route.websocket());
        return Route.async()
                .id(id)
                .uri(
                        route.external()
                                ? NO_SERVICE
                                : route.servers().keySet().iterator().next())
                .predicate(_ -> true)
                .metadata(metadata)
                .build();
    }

    private GatewayFilterChain chain(
            String id, ApplicationRoute route, ApplicationProxy proxy, ApplicationSocket socket) {
        GatewayFilter body = BodyLimits.of(route.bodyLimit(), properties.stalledAfter());
        GatewayFilter bulkhead = overload.bulkhead(id);
        GatewayFilter uploads = overload.uploads(id);
        GatewayFilterChain sent = breaking(id, route, proxy::send);
        GatewayFilterChain opened = breaking(id, route, socket::open);
        return exchange -> {
            allow(route, exchange);
            if (asksForASocket(exchange)) {
                StreamPlace.take(exchange);
                return opened.filter(exchange);
            }
            if (proxy.asksForAnEventStream(exchange)) {
                StreamPlace.take(exchange);
            }
            return body.filter(
                    exchange, limited -> (BodyLimits.isStreamed(limited) ? uploads : bulkhead).filter(limited, sent));
        };
    }

    private static GatewayFilterChain allowOnly(ApplicationRoute route) {
        return exchange -> Mono.fromRunnable(() -> allow(route, exchange));
    }

    private static void allow(ApplicationRoute route, ServerWebExchange exchange) {
        if (Identity.of(exchange) instanceof Identity.Known known) {
            if (route.tenant() != null && !route.tenant().equals(known.caller().tenant())) {
                throw new ProblemException(
                        ProblemType.FORBIDDEN,
                        "The route belongs to another tenant than the credential or X-Tenant-Id.");
            }
            route.access().check(known.caller());
        }
    }

    /** A route without WebSockets has refused it already. */
    private static boolean asksForASocket(ServerWebExchange exchange) {
        return WEBSOCKET.equalsIgnoreCase(exchange.getRequest().getHeaders().getFirst(HttpHeaders.UPGRADE));
    }

    private GatewayFilterChain breaking(String id, ApplicationRoute route, GatewayFilterChain call) {
        if (!route.breaker()) {
            return call;
        }
        CircuitBreakerOperator<Void> breaker = CircuitBreakerOperator.of(breakers.named(id));
        return exchange -> Mono.defer(() -> call.filter(exchange)).transformDeferred(breaker);
    }
}
