package dev.frontdesk.gateway.applications;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.bodies.BodyLimits;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.gateway.routing.ReverseProxy;
import dev.frontdesk.gateway.streams.StreamPlace;
import dev.frontdesk.gateway.upstreams.Upstream;
import dev.frontdesk.gateway.upstreams.Upstreams;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;

/** Sends a request to one of the servers of an application, or to the next one if it could not be reached. */
final class ApplicationProxy {

    /** RFC 9110, section 9.2.2. */
    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

    /** A server that answers so can't work at present, whatever it is asked. */
    private static final Set<Integer> CANT_WORK = Set.of(502, 503, 504);

    private final ApplicationRoute route;
    private final Upstreams servers;
    private final Map<Upstream, ReverseProxy> proxies;
    private final Map<Upstream, ReverseProxy> streaming;
    private final StreamPlaces places;

    /** @param streaming for event streams and bodies that are still arriving, each with a connection of its own */
    ApplicationProxy(
            ApplicationRoute route,
            Upstreams servers,
            Map<Upstream, ReverseProxy> proxies,
            Map<Upstream, ReverseProxy> streaming,
            StreamPlaces places) {
        this.route = route;
        this.servers = servers;
        this.proxies = Map.copyOf(proxies);
        this.streaming = Map.copyOf(streaming);
        this.places = places;
    }

    /** Completes when there is a response, see {@link ReverseProxy#send}. */
    Mono<Void> send(ServerWebExchange exchange) {
        int retries = IDEMPOTENT.contains(exchange.getRequest().getMethod()) ? route.retries() : 0;
        return attempt(exchange, List.of(), retries);
    }

    private Mono<Void> attempt(ServerWebExchange exchange, List<Upstream> tried, int retries) {
        Upstream server = servers.next(stickyTextOf(exchange), tried, System.nanoTime());
        if (server == null) {
            return Mono.error(Problems.unavailable());
        }
        boolean takesLong = asksForAnEventStream(exchange) || BodyLimits.isStreamed(exchange);
        ReverseProxy proxy = requireNonNull((takesLong ? streaming : proxies).get(server));
        Mono<Void> body = BodyLimits.sent(exchange);
        return (body == null ? proxy.send(exchange) : proxy.send(exchange, body))
                .then(Mono.defer(() -> judge(exchange, server)))
                .onErrorResume(error -> {
                    if (ApplicationErrors.isItsFault(error)) {
                        server.failed(System.nanoTime());
                    }
                    return retries > 0
                                    && tried.size() + 1 < servers.all().size()
                                    && ApplicationErrors.nothingWasSent(error)
                            ? attempt(exchange, with(tried, server), retries - 1)
                            : Mono.error(error);
                });
    }

    static List<Upstream> with(List<Upstream> tried, Upstream server) {
        var all = new ArrayList<>(tried);
        all.add(server);
        return all;
    }

    /** As a browser's EventSource does. */
    boolean asksForAnEventStream(ServerWebExchange exchange) {
        String accepted =
                route.eventStream() ? exchange.getRequest().getHeaders().getFirst("Accept") : null;
        return accepted != null && accepted.contains("text/event-stream");
    }

    private Mono<Void> judge(ServerWebExchange exchange, Upstream server) {
        HttpClientResponse received = ReverseProxy.received(exchange);
        if (received == null) {
            return Mono.empty();
        }
        if (CANT_WORK.contains(received.status().code())) {
            server.failed(System.nanoTime());
        } else {
            server.succeeded();
        }
        OwnHeaders.removeFrom(received.responseHeaders());
        if (ReverseProxy.isEventStream(received.responseHeaders())) {
            if (!route.eventStream()) {
                return Mono.error(new ProblemException(
                        ProblemType.BAD_GATEWAY, "The route does not allow the application to send event streams."));
            }
            // Unless the request has asked for it.
            StreamPlace.take(exchange);
        } else if (mayBeLong(exchange, received)) {
            places.requireRoom(exchange);
        }
        return Mono.empty();
    }

    /** Other requests have changed something: a refusal would be the wrong answer. Other responses have no long body. */
    private static boolean mayBeLong(ServerWebExchange exchange, HttpClientResponse received) {
        int status = received.status().code();
        return ReverseProxy.isStreamed(exchange)
                && exchange.getRequest().getMethod().equals(HttpMethod.GET)
                && (status == 200 || status == 206);
    }

    /** What keeps requests at the same server: the session, else the API key. */
    @Nullable String stickyTextOf(ServerWebExchange exchange) {
        if (!route.sticky() || !(Identity.of(exchange) instanceof Identity.Known known)) {
            return null;
        }
        return switch (known.caller()) {
            case Caller.Account account -> account.sessionId().toString();
            case Caller.ApiKey key -> key.id().toString();
            case Caller.Anonymous _, Caller.Operator _, Caller.Service _ -> null;
        };
    }
}
