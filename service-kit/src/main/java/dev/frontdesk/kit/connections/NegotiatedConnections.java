package dev.frontdesk.kit.connections;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Adds handlers to the connections of a server once the version of HTTP is known. With TLS and HTTP/2 that is after the
 * handshake: only then does Reactor Netty add the handlers to which others are relative.
 */
public final class NegotiatedConnections {

    private static final String NAME = "frontdesk.negotiated";

    private NegotiatedConnections() {}

    /**
     * @param http1 for each connection with HTTP/1.1
     * @param http2 for each connection with HTTP/2, with its frame codec and its multiplexer in place
     */
    public static HttpServer configure(
            HttpServer server, Consumer<ChannelPipeline> http1, Consumer<ChannelPipeline> http2) {
        return server.doOnChannelInit((_, channel, _) -> {
            ChannelPipeline pipeline = channel.pipeline();
            if (pipeline.get(NettyPipeline.H2OrHttp11Codec) == null) {
                http1.accept(pipeline);
            } else {
                waiting(pipeline).add(http1, http2);
            }
        });
    }

    private static Waiting waiting(ChannelPipeline pipeline) {
        if (pipeline.get(NAME) instanceof Waiting present) {
            return present;
        }
        var waiting = new Waiting();
        pipeline.addAfter(NettyPipeline.H2OrHttp11Codec, NAME, waiting);
        return waiting;
    }

    /** Sees the end of the handshake directly after the handler that then adds those of the negotiated version. */
    private static final class Waiting extends ChannelInboundHandlerAdapter {

        private record Handlers(Consumer<ChannelPipeline> http1, Consumer<ChannelPipeline> http2) {}

        private final List<Handlers> handlers = new ArrayList<>();

        void add(Consumer<ChannelPipeline> http1, Consumer<ChannelPipeline> http2) {
            handlers.add(new Handlers(http1, http2));
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                ChannelPipeline pipeline = context.pipeline();
                pipeline.remove(this);
                if (handshake.isSuccess()) {
                    boolean http2 = pipeline.get(Http2FrameCodec.class) != null;
                    handlers.forEach(some -> (http2 ? some.http2() : some.http1()).accept(pipeline));
                }
            }
            context.fireUserEventTriggered(event);
        }
    }
}
