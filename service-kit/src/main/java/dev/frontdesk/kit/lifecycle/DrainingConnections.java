package dev.frontdesk.kit.lifecycle;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Says {@code Connection: close} on every answer of an instance that drains (RFC 9112, section 9.6), so that no client keeps
 * a connection for its next request. Here and not in a filter, because not every answer comes from one: Netty itself
 * refuses what is no HTTP, and a proxy's filters take such headers away.
 */
final class DrainingConnections implements NettyServerCustomizer {

    private static final String NAME = "frontdesk.closingConnections";

    private final Marker marker;

    DrainingConnections(Drain drain) {
        this.marker = new Marker(drain);
    }

    @Override
    public HttpServer apply(HttpServer server) {
        // In front of the handler that closes a connection after an answer that says so.
        return server.doOnChannelInit(
                (_, channel, _) -> channel.pipeline().addAfter(NettyPipeline.HttpTrafficHandler, NAME, marker));
    }

    @Sharable
    private static final class Marker extends ChannelOutboundHandlerAdapter {

        private final Drain drain;

        Marker(Drain drain) {
            this.drain = drain;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // The promise is whoever wrote it's.
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (drain.isDraining() && message instanceof HttpResponse response && isFinal(response)) {
                HttpUtil.setKeepAlive(response, false);
            }
            context.write(message, promise);
        }

        /** An upgrade to a WebSocket has a Connection header of its own, and a 100 is not the answer yet. */
        private static boolean isFinal(HttpResponse response) {
            return response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
        }
    }
}
