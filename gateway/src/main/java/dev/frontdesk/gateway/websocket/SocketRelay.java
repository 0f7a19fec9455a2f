package dev.frontdesk.gateway.websocket;

import dev.frontdesk.kit.lifecycle.SocketDrain;
import dev.frontdesk.kit.sockets.GuardedUpgrade;
import dev.frontdesk.kit.sockets.LingeringCloseHandler;
import dev.frontdesk.kit.sockets.SocketLimits;
import dev.frontdesk.kit.web.Problems;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Opens a WebSocket to a server and then the client's, and relays frames between them.
 *
 * <p>Spring Cloud Gateway's own relay opens the client's side first, and can then only abort it if the server refuses its side.
 * This relay calls the server first, so that the client gets a plain HTTP response as long as no socket is open.
 */
@Component
public final class SocketRelay {

    /**
     * Maximum size of a client's message in bytes; a longer one closes the socket with 1009. The server may accept less.
     */
    private static final int LONGEST_MESSAGE = 64 * 1024;

    private final RelayProperties properties;
    private final SocketDrain farewell;
    private final WebSocketService clients;
    private final int longestMessage;

    @Autowired
    SocketRelay(RelayProperties properties, SocketLimits limits, SocketDrain farewell) {
        this(properties, limits, farewell, LONGEST_MESSAGE);
    }

    private SocketRelay(RelayProperties properties, SocketLimits limits, SocketDrain farewell, int longestMessage) {
        this.properties = properties;
        this.farewell = farewell;
        this.clients = new HandshakeWebSocketService(GuardedUpgrade.thatHandsPingsOn(limits, longestMessage));
        this.longestMessage = longestMessage;
    }

    /**
     * For sockets with other limits.
     *
     * @param longest bytes of a message, from either side
     */
    public SocketRelay with(SocketLimits limits, int longest) {
        return new SocketRelay(properties, limits, farewell, longest);
    }

    /**
     * Where a socket leads.
     *
     * @param http opens connections within its own timeout; they must not come from a pool, whose size would limit the number of open sockets
     * @param server {@code ws://} or {@code wss://}, with path and query
     * @param headers of the handshake
     * @param protocols subprotocols that the client offers; the one that the server chooses is the client's
     * @param closed closes both sides when it emits the status to close with
     * @param counted goes around the relay, from before the server is called until the socket has ended
     */
    public record Target(
            HttpClient http,
            URI server,
            HttpHeaders headers,
            List<String> protocols,
            Mono<CloseStatus> closed,
            UnaryOperator<Mono<Void>> counted) {}

    /** Completes when the socket is open, after one attempt to connect; the relay behind it continues independently and ends with the socket. */
    public Mono<Void> open(ServerWebExchange exchange, Target target) {
        // The two ends handle pings.
        var servers = new ReactorNettyWebSocketClient(
                target.http().doOnConnected(server -> server.addHandlerLast(new LingeringCloseHandler())),
                () -> WebsocketClientSpec.builder().handlePing(true).maxFramePayloadLength(longestMessage));
        return Mono.deferContextual(context -> {
            Sinks.Empty<Void> opened = Sinks.empty();
            Mono<Void> relayed = Mono.defer(() -> servers.execute(
                    target.server(),
                    target.headers(),
                    offering(target.protocols(), server -> relay(exchange, target, server, opened))));
            Disposable relay = target.counted()
                    .apply(relayed)
                    .contextWrite(context)
                    .subscribe(null, opened::tryEmitError, opened::tryEmitEmpty);
            return opened.asMono()
                    .timeout(properties.openWithin())
                    .doOnCancel(relay::dispose)
                    .doOnError(_ -> relay.dispose())
                    .onErrorMap(WebSocketClientHandshakeException.class, SocketRelay::refusal);
        });
    }

    private static WebSocketHandler offering(List<String> protocols, WebSocketHandler handler) {
        return new WebSocketHandler() {
            @Override
            public List<String> getSubProtocols() {
                return protocols;
            }

            @Override
            public Mono<Void> handle(WebSocketSession session) {
                return handler.handle(session);
            }
        };
    }

    private Mono<Void> relay(
            ServerWebExchange exchange, Target target, WebSocketSession session, Sinks.Empty<Void> opened) {
        Sinks.Empty<Void> ended = Sinks.empty();
        var server = new RelaySide(session, CloseStatus.SERVER_ERROR, farewell.status());
        @Nullable String chosen = session.getHandshakeInfo().getSubProtocol();
        Mono<Void> clientSide = clients.handleRequest(
                exchange,
                offering(
                        chosen == null ? List.of() : List.of(chosen),
                        client -> new Relay(
                                        new RelaySide(client, CloseStatus.PROTOCOL_ERROR, CloseStatus.GOING_AWAY),
                                        server)
                                .start(closed(target), ended)));
        return eventLoopOf(exchange)
                .flatMap(clientSide::subscribeOn)
                .doOnError(_ -> server.abandon())
                .doOnSuccess(_ -> opened.tryEmitEmpty())
                .then(ended.asMono());
    }

    private Mono<CloseStatus> closed(Target target) {
        return Mono.firstWithSignal(
                farewell.closing().then(Mono.fromSupplier(farewell::status)),
                target.closed().switchIfEmpty(Mono.never()));
    }

    /**
     * The event loop of the connection. Reactor Netty upgrades the connection on the calling thread; on any other
     * thread the first frames may be lost.
     */
    private static Mono<Scheduler> eventLoopOf(ServerWebExchange exchange) {
        HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        return Mono.create(loop -> response.withConnection(connection ->
                loop.success(Schedulers.fromExecutor(connection.channel().eventLoop()))));
    }

    /** Maps the response of a server that refused its side. */
    private static Exception refusal(WebSocketClientHandshakeException failed) {
        HttpResponse answer = failed.response();
        int status = answer == null ? 0 : answer.status().code();
        return status >= 400 && status < 500
                ? new ResponseStatusException(HttpStatusCode.valueOf(status))
                : Problems.unavailable();
    }
}
