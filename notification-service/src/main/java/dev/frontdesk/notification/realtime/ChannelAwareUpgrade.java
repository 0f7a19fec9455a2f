package dev.frontdesk.notification.realtime;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;

/** Gives a session its Netty channel, because a peer that does not answer can only be cut off there. */
final class ChannelAwareUpgrade extends ReactorNettyRequestUpgradeStrategy {

    private static final Logger log = LoggerFactory.getLogger(ChannelAwareUpgrade.class);

    /** Of a message from a client, in bytes; a longer one closes the socket with 1009. */
    private static final int LONGEST_MESSAGE = 4096;

    private static final String PROTOCOL_ERRORS = "frontdesk.protocolErrors";
    private static final String CHANNEL = ChannelAwareUpgrade.class.getName() + ".channel";

    ChannelAwareUpgrade() {
        super(() -> WebsocketServerSpec.builder().maxFramePayloadLength(LONGEST_MESSAGE));
    }

    static Channel channelOf(WebSocketSession session) {
        return (Channel) Objects.requireNonNull(session.getAttributes().get(CHANNEL));
    }

    @Override
    public Mono<Void> upgrade(
            ServerWebExchange exchange,
            WebSocketHandler handler,
            @Nullable String subProtocol,
            Supplier<HandshakeInfo> handshake) {
        HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        WebSocketHandler withChannel = session -> {
            response.withConnection(connection -> {
                Channel channel = connection.channel();
                session.getAttributes().put(CHANNEL, channel);
                channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, PROTOCOL_ERRORS, new ProtocolErrors());
            });
            return handler.handle(session);
        };
        return super.upgrade(exchange, withChannel, subProtocol, handshake);
    }

    /** The decoder has closed the socket already; a stack trace in the log is more than a client should be able to make. */
    private static final class ProtocolErrors extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof CorruptedWebSocketFrameException) {
                log.debug("A socket broke the protocol: {}", cause.getMessage());
            } else {
                context.fireExceptionCaught(cause);
            }
        }
    }
}
