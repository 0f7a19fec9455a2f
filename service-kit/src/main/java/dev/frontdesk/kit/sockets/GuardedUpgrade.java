package dev.frontdesk.kit.sockets;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;

/** Opens the server side of WebSockets and enforces {@link SocketLimits}, whatever their handler does. */
public final class GuardedUpgrade extends ReactorNettyRequestUpgradeStrategy {

    private static final Logger log = LoggerFactory.getLogger(GuardedUpgrade.class);

    private static final String NAME = "frontdesk.socketGuard";
    private static final String CHANNEL = GuardedUpgrade.class.getName() + ".channel";

    private final SocketLimits limits;
    private final int longestMessage;
    private final boolean answersPings;

    private GuardedUpgrade(SocketLimits limits, int longestMessage, boolean answersPings) {
        // Reactor Netty would write its own pongs even if the peer does not read them.
        super(() -> WebsocketServerSpec.builder()
                .maxFramePayloadLength(longestMessage)
                .handlePing(true));
        if (longestMessage > limits.bytes().toBytes()) {
            throw new IllegalArgumentException("frontdesk.websocket.bytes must be at least " + longestMessage);
        }
        this.limits = limits;
        this.longestMessage = longestMessage;
        this.answersPings = answersPings;
    }

    /** @param longestMessage bytes of one message from a client, in any number of fragments */
    public static GuardedUpgrade thatAnswersPings(SocketLimits limits, int longestMessage) {
        return new GuardedUpgrade(limits, longestMessage, true);
    }

    /** For sockets that forward pings to the other end, which answers them. */
    public static GuardedUpgrade thatHandsPingsOn(SocketLimits limits, int longestMessage) {
        return new GuardedUpgrade(limits, longestMessage, false);
    }

    /** The connection of a session; only there can a peer that does not answer be disconnected. */
    public static Channel channelOf(WebSocketSession session) {
        return (Channel) Objects.requireNonNull(session.getAttributes().get(CHANNEL));
    }

    @Override
    public Mono<Void> upgrade(
            ServerWebExchange exchange,
            WebSocketHandler handler,
            @Nullable String subProtocol,
            Supplier<HandshakeInfo> handshake) {
        HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        WebSocketHandler guarded = session -> {
            response.withConnection(connection -> guard(session, connection.channel()));
            return handler.handle(session);
        };
        return super.upgrade(exchange, guarded, subProtocol, handshake);
    }

    private void guard(WebSocketSession session, Channel channel) {
        var guard = new SocketGuard(
                limits, longestMessage, answersPings, status -> close(session, status), System::nanoTime);
        session.getAttributes().put(CHANNEL, channel);
        // A peer that has closed its side can't answer a ping either.
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, NAME, guard);
        // Reactor Netty adds an aggregator with the first subscriber, too late for fragments that arrive with the
        // handshake.
        channel.pipeline()
                .addBefore(
                        NettyPipeline.ReactiveBridge,
                        NettyPipeline.WsFrameAggregator,
                        new WebSocketFrameAggregator(longestMessage));
    }

    /** If this fails, the guard closes the connection. */
    private static void close(WebSocketSession session, CloseStatus status) {
        SocketCloses.close(session, status)
                .subscribe(null, error -> log.debug("Close frame could not be sent: {}", error.toString()));
    }
}
