package dev.frontdesk.kit.lifecycle;

import dev.frontdesk.kit.connections.NegotiatedConnections;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Sets {@code Connection: close} on every response of a draining instance (RFC 9112, section 9.6), so that no client
 * reuses a connection for its next request; over HTTP/2 sends GOAWAY instead ({@link GoAway}). A filter would not cover every response: Netty itself rejects input that is
 * not HTTP, and a proxy's filters remove such headers.
 */
final class DrainingConnections implements NettyServerCustomizer {

    private static final String NAME = "frontdesk.closingConnections";

    private final ShutdownSignal shutdown;
    private final Marker marker;

    DrainingConnections(ShutdownSignal shutdown) {
        this.shutdown = shutdown;
        this.marker = new Marker(shutdown);
    }

    @Override
    public HttpServer apply(HttpServer server) {
        // A response passes this handler before the one that closes the connection according to the header.
        return NegotiatedConnections.configure(
                server,
                pipeline -> pipeline.addAfter(NettyPipeline.HttpTrafficHandler, NAME, marker),
                pipeline -> pipeline.addBefore(
                        NettyPipeline.H2MultiplexHandler,
                        NAME,
                        new GoAway(shutdown, pipeline.get(Http2FrameCodec.class))));
    }

    @Sharable
    private static final class Marker extends ChannelOutboundHandlerAdapter {

        private final ShutdownSignal shutdown;

        Marker(ShutdownSignal shutdown) {
            this.shutdown = shutdown;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (shutdown.isReceived() && message instanceof HttpResponse response && isFinal(response)) {
                HttpUtil.setKeepAlive(response, false);
            }
            context.write(message, promise);
        }

        /** A WebSocket upgrade has its own Connection header, and a 100 is not the final response. */
        private static boolean isFinal(HttpResponse response) {
            return response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
        }
    }
}
