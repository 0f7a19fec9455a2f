package dev.frontdesk.gateway.applications;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.gateway.streams.OpenStreams;
import dev.frontdesk.gateway.streams.StreamPlace;
import dev.frontdesk.gateway.upstreams.Upstream;
import dev.frontdesk.gateway.upstreams.UpstreamConnections;
import dev.frontdesk.gateway.upstreams.Upstreams;
import dev.frontdesk.gateway.websocket.Handshake;
import dev.frontdesk.gateway.websocket.SocketRelay;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Problems;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Relays a WebSocket to one of the servers of an application, until its caller may no longer call. */
final class ApplicationSocket {

    private static final String PROTOCOL = "Sec-WebSocket-Protocol";

    /** The handshake with the server has its own. */
    private static final Set<String> OF_THE_HANDSHAKE = Set.of(
            "sec-websocket-key",
            "sec-websocket-version",
            "sec-websocket-extensions",
            "sec-websocket-protocol",
            "accept-encoding");

    /** As RFC 6455 has it, and as notification-service closes its sockets. */
    private static final CloseStatus NO_LONGER_ALLOWED = CloseStatus.POLICY_VIOLATION.withReason("session ended");

    private static final CloseStatus CONNECT_AGAIN = CloseStatus.GOING_AWAY.withReason("connect again");

    private final ApplicationRoute route;
    private final Upstreams servers;
    private final Map<Upstream, HeadForApplication> heads;
    private final ApplicationProxy proxy;
    private final UpstreamConnections connections;
    private final SocketRelay relay;
    private final Handshake handshake;
    private final OpenStreams streams;
    private final Duration longest;

    /** @param longest life of a socket; then its caller is identified anew */
    ApplicationSocket(
            ApplicationRoute route,
            Upstreams servers,
            Map<Upstream, HeadForApplication> heads,
            ApplicationProxy proxy,
            UpstreamConnections connections,
            SocketRelay relay,
            Handshake handshake,
            OpenStreams streams,
            Duration longest) {
        this.route = route;
        this.servers = servers;
        this.heads = Map.copyOf(heads);
        this.proxy = proxy;
        this.connections = connections;
        this.relay = relay;
        this.handshake = handshake;
        this.streams = streams;
        this.longest = longest;
    }

    /** Completes when the socket is open. */
    Mono<Void> open(ServerWebExchange exchange) {
        if (!(Identity.of(exchange) instanceof Identity.Known known)) {
            return Mono.error(ProblemException.unauthenticated());
        }
        handshake.check(exchange.getRequest(), known.isByCookie());
        return attempt(exchange, known.caller(), List.of(), route.retries());
    }

    private Mono<Void> attempt(ServerWebExchange exchange, Caller caller, List<Upstream> tried, int retries) {
        Upstream server = servers.next(proxy.stickyTextOf(exchange), tried, System.nanoTime());
        if (server == null) {
            return Mono.error(Problems.unavailable());
        }
        return relay.open(exchange, target(exchange, caller, server))
                .doOnSuccess(_ -> server.succeeded())
                .onErrorResume(error -> {
                    boolean refused =
                            error instanceof ProblemException problem && problem.type() == ProblemType.UNAVAILABLE;
                    if (refused || ApplicationErrors.isItsFault(error)) {
                        server.failed(System.nanoTime());
                    }
                    return retries > 0
                                    && tried.size() + 1 < servers.all().size()
                                    && ApplicationErrors.nothingWasSent(error)
                            ? attempt(exchange, caller, ApplicationProxy.with(tried, server), retries - 1)
                            : Mono.error(error);
                });
    }

    private SocketRelay.Target target(ServerWebExchange exchange, Caller caller, Upstream server) {
        HeadForApplication head = requireNonNull(heads.get(server));
        URI uri = server.uri();
        URI target = URI.create((uri.getScheme().equals("https") ? "wss://" : "ws://")
                + uri.getRawAuthority()
                + head.target(exchange.getRequest().getURI()));
        Mono<CloseStatus> closed = Mono.firstWithSignal(
                streams.ended(caller, Identity.since(exchange)).thenReturn(NO_LONGER_ALLOWED),
                Mono.delay(longest).thenReturn(CONNECT_AGAIN));
        return new SocketRelay.Target(
                connections.forStreams(uri),
                target,
                headers(exchange, head),
                protocols(exchange),
                closed,
                relay -> StreamPlace.heldBy(exchange, relay));
    }

    private HttpHeaders headers(ServerWebExchange exchange, HeadForApplication head) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        var sent = new DefaultHttpHeaders();
        head.addHeaders(exchange, received.requestHeaders(), sent);
        var headers = new HttpHeaders();
        sent.forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OF_THE_HANDSHAKE.contains(name) && (route.preserveHost() || !name.equals("host"))) {
                headers.add(header.getKey(), header.getValue());
            }
        });
        return headers;
    }

    private static List<String> protocols(ServerWebExchange exchange) {
        return exchange.getRequest().getHeaders().getOrEmpty(PROTOCOL).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
