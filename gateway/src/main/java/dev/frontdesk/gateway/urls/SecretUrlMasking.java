package dev.frontdesk.gateway.urls;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Replaces a URL that contains a secret with a fixed path as soon as the request is received, so that the access log,
 * spans and the response never contain the secret.
 */
@Component
final class SecretUrlMasking implements NettyServerCustomizer {

    static final String PATH = "/token-in-url";

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((_, channel, _) ->
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, "withheld-urls", Reader.INSTANCE));
    }

    @Sharable
    private static final class Reader extends ChannelInboundHandlerAdapter {

        private static final Reader INSTANCE = new Reader();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request && UrlSecrets.areIn(request.uri())) {
                request.setUri(PATH);
            }
            context.fireChannelRead(message);
        }
    }
}
