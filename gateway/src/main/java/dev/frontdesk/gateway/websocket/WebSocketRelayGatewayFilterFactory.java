package dev.frontdesk.gateway.websocket;

import dev.frontdesk.gateway.headers.ServiceHeaders;
import dev.frontdesk.gateway.identity.SameOriginCheck;
import dev.frontdesk.kit.resilience.ConnectFailures;
import dev.frontdesk.kit.resilience.UserAgents;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** {@code WebSocketRelay}: relays a WebSocket that is opened with a ticket. */
@Component
final class WebSocketRelayGatewayFilterFactory extends AbstractGatewayFilterFactory<Object> {

    /**
     * The headers of the client's handshake that the service receives, together with the identity assertion and the
     * trace.
     */
    private static final List<String> PASSED_ON =
            List.of(HttpHeaders.USER_AGENT, HttpHeaders.ACCEPT_LANGUAGE, HttpHeaders.ORIGIN);

    private final SocketRelay relay;
    private final Handshake handshake;
    private final HttpClient services;
    private final RelayProperties properties;

    WebSocketRelayGatewayFilterFactory(SocketRelay relay, SameOriginCheck pages, RelayProperties properties) {
        super(Object.class);
        this.properties = properties;
        this.services = UserAgents.unnamed(HttpClient.create(ConnectionProvider.newConnection()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        properties.openWithin().toMillis());
        this.relay = relay;
        this.handshake = new Handshake(pages);
    }

    @Override
    public GatewayFilter apply(Object config) {
        return (exchange, _) -> {
            handshake.checkWithTicket(exchange.getRequest());
            // notification-service closes the socket when the session is revoked.
            Mono<Void> opened = relay.open(
                    exchange,
                    new SocketRelay.Target(
                            services,
                            target(exchange),
                            headers(exchange),
                            List.of(),
                            Mono.never(),
                            UnaryOperator.identity()));
            return ConnectFailures.again(opened).timeout(properties.openWithin());
        };
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
