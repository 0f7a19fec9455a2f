package dev.frontdesk.gateway.routing;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Sends a request whose URI can't be read ({@code %zz}, a backslash) to a path that leads nowhere. Spring would refuse it
 * before any filter of ours runs, with an empty answer.
 */
@Component
final class ReadableUris implements NettyServerCustomizer {

    private static final String NOWHERE = "/";

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((_, channel, _) ->
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, "readable-uris", Reader.INSTANCE));
    }

    static boolean isReadable(String uri) {
        try {
            // As Spring does it: a path alone becomes a path of some host.
            var unused = new URI(uri.startsWith("/") ? "http://host" + uri : uri);
            return true;
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    @Sharable
    private static final class Reader extends ChannelInboundHandlerAdapter {

        private static final Reader INSTANCE = new Reader();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request && !isReadable(request.uri())) {
                request.setUri(NOWHERE);
            }
            context.fireChannelRead(message);
        }
    }
}
