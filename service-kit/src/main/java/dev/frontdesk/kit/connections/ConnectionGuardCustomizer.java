package dev.frontdesk.kit.connections;

import io.netty.channel.ChannelOption;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.server.HttpServer;

/** Adds a separate {@link ConnectionGuard} to every connection. */
final class ConnectionGuardCustomizer implements NettyServerCustomizer {

    private final ConnectionProperties properties;
    private final Refusals refusals;

    ConnectionGuardCustomizer(ConnectionProperties properties, Refusals refusals) {
        this.properties = properties;
        this.refusals = refusals;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        HttpServer guarded = server.doOnChannelInit(
                (_, channel, _) -> new ConnectionGuard(properties, refusals).addTo(channel.pipeline()));
        return properties.halfClosedWithin().isZero()
                ? guarded
                : guarded.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }
}
