package dev.frontdesk.gateway.websocket;

import dev.frontdesk.gateway.headers.ServiceHeaders;
import dev.frontdesk.gateway.identity.SameOriginCheck;
import dev.frontdesk.kit.lifecycle.SocketDrain;
import dev.frontdesk.kit.resilience.ConnectFailures;
import dev.frontdesk.kit.resilience.UserAgents;
import dev.frontdesk.kit.sockets.GuardedUpgrade;
import dev.frontdesk.kit.sockets.LingeringCloseHandler;
import dev.frontdesk.kit.sockets.SocketLimits;
import dev.frontdesk.kit.web.Problems;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.net.URI;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.client.WebSocketClient;
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
import reactor.netty.resources.ConnectionProvider;

/**
 * {@code WebSocketRelay}: relays a WebSocket that is opened with a ticket.
 *
 * <p>Spring Cloud Gateway's own relay opens the client's side first, and can then only abort it if the service refuses
 * its side. This relay calls the service first, so that the client gets a plain HTTP response as long as no socket is
 * open.
 */
@Component
final class WebSocketRelayGatewayFilterFactory extends AbstractGatewayFilterFactory<Object> {

    /**
     * The headers of the client's handshake that the service receives, together with the identity assertion and the
     * trace.
     */
    private static final List<String> PASSED_ON =
            List.of(HttpHeaders.USER_AGENT, HttpHeaders.ACCEPT_LANGUAGE, HttpHeaders.ORIGIN);

    /**
     * Maximum size of a client's message in bytes; a longer one closes the socket with 1009. The service may accept
     * less.
     */
    private static final int LONGEST_MESSAGE = 64 * 1024;

    private final RelayProperties properties;
    private final Handshake handshake;
    private final SocketDrain farewell;
    private final WebSocketClient services;
    private final WebSocketService clients;

    WebSocketRelayGatewayFilterFactory(
            RelayProperties properties, SocketLimits limits, SameOriginCheck pages, SocketDrain farewell) {
        super(Object.class);
        this.properties = properties;
        this.handshake = new Handshake(pages);
        this.farewell = farewell;
        // Not from a pool: the pool size would limit the number of open sockets. The two ends handle pings.
        var http = UserAgents.unnamed(HttpClient.create(ConnectionProvider.newConnection()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        properties.openWithin().toMillis())
                .doOnConnected(service -> service.addHandlerLast(new LingeringCloseHandler()));
        this.services = new ReactorNettyWebSocketClient(
                http, () -> WebsocketClientSpec.builder().handlePing(true));
        this.clients = new HandshakeWebSocketService(GuardedUpgrade.thatHandsPingsOn(limits, LONGEST_MESSAGE));
    }

    @Override
    public GatewayFilter apply(Object config) {
        return (exchange, _) -> {
            handshake.check(exchange.getRequest());
            return open(exchange);
        };
    }

    /** Completes when the socket is open; the relay behind it continues independently and ends with the socket. */
    private Mono<Void> open(ServerWebExchange exchange) {
        return Mono.deferContextual(context -> {
            Sinks.Empty<Void> opened = Sinks.empty();
            Mono<Void> relayed = Mono.defer(() ->
                    services.execute(target(exchange), headers(exchange), service -> relay(exchange, service, opened)));
            Disposable relay = ConnectFailures.again(relayed)
                    .contextWrite(context)
                    .subscribe(null, opened::tryEmitError, opened::tryEmitEmpty);
            return opened.asMono()
                    .timeout(properties.openWithin())
                    .doOnCancel(relay::dispose)
                    .doOnError(_ -> relay.dispose())
                    .onErrorMap(WebSocketClientHandshakeException.class, WebSocketRelayGatewayFilterFactory::refusal);
        });
    }

    private Mono<Void> relay(ServerWebExchange exchange, WebSocketSession session, Sinks.Empty<Void> opened) {
        Sinks.Empty<Void> ended = Sinks.empty();
        var service = new RelaySide(session, CloseStatus.SERVER_ERROR, farewell.status());
        Mono<Void> clientSide = clients.handleRequest(
                exchange,
                client -> new Relay(
                                new RelaySide(client, CloseStatus.PROTOCOL_ERROR, CloseStatus.GOING_AWAY),
                                service,
                                farewell)
                        .start(farewell.closing(), ended));
        return eventLoopOf(exchange)
                .flatMap(clientSide::subscribeOn)
                .doOnError(_ -> service.abandon())
                .doOnSuccess(_ -> opened.tryEmitEmpty())
                .then(ended.asMono());
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

    /** Maps the response of a service that refused its side. */
    private static Exception refusal(WebSocketClientHandshakeException failed) {
        HttpResponse answer = failed.response();
        int status = answer == null ? 0 : answer.status().code();
        return status >= 400 && status < 500
                ? new ResponseStatusException(HttpStatusCode.valueOf(status))
                : Problems.unavailable();
    }

    private static URI target(ServerWebExchange exchange) {
        Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        URI service = route.getUri();
        URI request = exchange.getRequest().getURI();
        return URI.create("ws://" + service.getRawAuthority() + request.getRawPath() + "?" + request.getRawQuery());
    }

    private static HttpHeaders headers(ServerWebExchange exchange) {
        HttpHeaders received = exchange.getRequest().getHeaders();
        HttpHeaders headers = new HttpHeaders();
        PASSED_ON.forEach(name -> headers.addAll(name, received.getOrEmpty(name)));
        var ours = new DefaultHttpHeaders();
        ServiceHeaders.addTo(ours, exchange);
        ours.forEach(header -> headers.set(header.getKey(), header.getValue()));
        return headers;
    }
}
