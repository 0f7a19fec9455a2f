package dev.frontdesk.gateway.urls;

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
 * Replaces a URL that cannot be parsed ({@code %zz}, a backslash, a raw brace) with a fixed path: Spring would refuse
 * it with an empty response before any of our filters runs. All other URLs are normalized ({@link PathNormalization}).
 */
@Component
final class UnreadableUrlMasking implements NettyServerCustomizer {

    static final String UNREADABLE = "/unreadable-url";

    /**
     * Characters, besides letters and digits, that are allowed in a path and a query (RFC 3986). Raw brackets, which
     * many clients send, are also allowed in a query.
     */
    private static final String ALLOWED = "-._~!$&'()*+,;=:@/?%";

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((_, channel, _) ->
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, "readable-urls", Reader.INSTANCE));
    }

    static boolean isReadable(String target) {
        return target.startsWith("/") ? hasOnlyAllowed(target) : isUri(target);
    }

    private static boolean hasOnlyAllowed(String target) {
        boolean inQuery = false;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            inQuery |= c == '?';
            if (!isAllowed(c, inQuery) || (c == '%' && !PathNormalization.isEncoded(target, i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c, boolean inQuery) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || ALLOWED.indexOf(c) >= 0
                || (inQuery && (c == '[' || c == ']'));
    }

    private static boolean isUri(String target) {
        try {
            var uri = new URI(target);
            return !target.isEmpty()
                    && !uri.isOpaque()
                    && uri.getRawFragment() == null
                    && uri.toASCIIString().equals(target);
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    @Sharable
    private static final class Reader extends ChannelInboundHandlerAdapter {

        private static final Reader INSTANCE = new Reader();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                String target = request.uri();
                if (!isReadable(target)) {
                    request.setUri(UNREADABLE);
                } else if (target.indexOf('%') >= 0) {
                    request.setUri(PathNormalization.of(target));
                }
            }
            context.fireChannelRead(message);
        }
    }
}
