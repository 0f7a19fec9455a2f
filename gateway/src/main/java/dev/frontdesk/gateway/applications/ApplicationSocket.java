package dev.frontdesk.gateway.applications;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.gateway.identity.Identity;
import dev.frontdesk.gateway.streams.OpenStreams;
import dev.frontdesk.gateway.upstreams.Upstream;
import dev.frontdesk.gateway.upstreams.UpstreamConnections;
import dev.frontdesk.gateway.upstreams.Upstreams;
import dev.frontdesk.gateway.websocket.Handshake;
import dev.frontdesk.gateway.websocket.SocketRelay;
import dev.frontdesk.kit.web.ProblemException;
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
            "host",
            "sec-websocket-key",
            "sec-websocket-version",
            "sec-websocket-extensions",
            "sec-websocket-protocol",
            "accept-encoding");

    /** As RFC 6455 has it, and as notification-service closes its sockets. */
    private static final CloseStatus NO_LONGER_ALLOWED = CloseStatus.POLICY_VIOLATION.withReason("session ended");

    private static final CloseStatus CONNECT_AGAIN = CloseStatus.GOING_AWAY.withReason("connect again");

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
            Upstreams servers,
            Map<Upstream, HeadForApplication> heads,
            ApplicationProxy proxy,
            UpstreamConnections connections,
            SocketRelay relay,
            Handshake handshake,
            OpenStreams streams,
            Duration longest) {
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
        handshake.check(exchange.getRequest());
        Upstream server = servers.next(proxy.stickyTextOf(exchange), List.of(), System.nanoTime());
        if (server == null || !(Identity.of(exchange) instanceof Identity.Known known)) {
            return Mono.error(new ProblemException(ProblemType.UNAVAILABLE, "No server."));
        }
        HeadForApplication head = requireNonNull(heads.get(server));
        URI uri = server.uri();
        URI target = URI.create((uri.getScheme().equals("https") ? "wss://" : "ws://")
                + uri.getRawAuthority()
                + head.target(exchange.getRequest().getURI()));
        Mono<CloseStatus> closed = Mono.firstWithSignal(
                streams.ended(known.caller()).thenReturn(NO_LONGER_ALLOWED),
                Mono.delay(longest).thenReturn(CONNECT_AGAIN));
        return relay.open(
                        exchange,
                        new SocketRelay.Target(
                                connections.forSockets(uri),
                                target,
                                headers(exchange, head),
                                protocols(exchange),
                                closed))
                .doOnError(error -> {
                    if (ApplicationErrors.isItsFault(error)) {
                        server.failed(System.nanoTime());
                    }
                });
    }

    private static HttpHeaders headers(ServerWebExchange exchange, HeadForApplication head) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        var sent = new DefaultHttpHeaders();
        head.addHeaders(exchange, received.requestHeaders(), sent);
        var headers = new HttpHeaders();
        sent.forEach(header -> {
            if (!OF_THE_HANDSHAKE.contains(header.getKey().toLowerCase(Locale.ROOT))) {
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
