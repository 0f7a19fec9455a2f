package dev.frontdesk.kit.connections;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Adds a separate guard to every connection: {@link ConnectionGuard} for HTTP/1.1, {@link StreamGuard} for HTTP/2. */
final class ConnectionGuardCustomizer implements NettyServerCustomizer {

    private final ConnectionProperties properties;
    private final Refusals refusals;
    private final TargetRewrite targets;

    ConnectionGuardCustomizer(ConnectionProperties properties, Refusals refusals, List<TargetRewrite> targets) {
        this.properties = properties;
        this.refusals = refusals;
        this.targets = target -> {
            String rewritten = target;
            for (TargetRewrite rewrite : targets) {
                rewritten = rewrite.rewrite(rewritten);
            }
            return rewritten;
        };
    }

    @Override
    public HttpServer apply(HttpServer server) {
        HttpServer guarded = NegotiatedConnections.configure(
                server, this::guard, pipeline -> StreamGuard.addTo(pipeline, properties, refusals, targets));
        return properties.halfClosedWithin().isZero()
                ? guarded
                : guarded.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    private void guard(ChannelPipeline pipeline) {
        new ConnectionGuard(properties, refusals).addTo(pipeline);
        pipeline.addAfter(NettyPipeline.HttpCodec, "frontdesk.targets", new Targets());
    }

    private final class Targets extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                String target = request.uri();
                String rewritten = targets.rewrite(target);
                if (!rewritten.equals(target)) {
                    request.setUri(rewritten);
                }
            }
            context.fireChannelRead(message);
        }
    }
}
