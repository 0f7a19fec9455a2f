package dev.frontdesk.gateway.tls;

import dev.frontdesk.kit.connections.NegotiatedConnections;
import io.netty.channel.ChannelPipeline;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import reactor.netty.http.server.HttpServer;

/**
 * Sets up TLS with HTTP/2 and HTTP/1.1 on the public port; the port of the management stays plain. Runs after Spring
 * Boot's own customizers, which would overwrite the settings of HTTP/2.
 */
@Component
final class TlsServer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, Ordered {

    /** Requests of one connection at once (RFC 9113, section 6.5.2, recommends at least 100). */
    private static final int MOST_STREAMS = 100;

    /**
     * How much a client may send on one stream before it is read. With a round trip of 50 ms, that allows 2.6 MB/s; the default
     * of 64 KB, half as much. Netty then lets a connection send 192 KB in total. The gateway holds so much for each connection
     * whose uploads wait for an application, which must fit in its memory for all of them ({@code in-flight.uploads}).
     */
    private static final int WINDOW = 128 * 1024;

    /** Resets per interval, from either side (CVE-2023-44487, CVE-2025-55163); then the connection is closed. */
    private static final int MOST_RESETS = 200;

    private static final int SECONDS_OF_RESETS = 30;

    private final TlsProperties tls;
    private final DataSize headerSize;

    TlsServer(TlsProperties tls, ServerProperties server) {
        this.tls = tls;
        this.headerSize = server.getMaxHttpRequestHeaderSize();
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        refuse("server.ssl", factory.getSsl() != null);
        refuse(
                "server.http2.enabled",
                factory.getHttp2() != null && factory.getHttp2().isEnabled());
        if (tls.isOn()) {
            factory.setSsl(Ssl.forBundle(CertificateReload.BUNDLE));
            var http2 = new Http2();
            http2.setEnabled(true);
            factory.setHttp2(http2);
            factory.addServerCustomizers(this::limit);
        }
    }

    private static void refuse(String property, boolean set) {
        if (set) {
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    "set",
                    "The gateway turns on TLS and HTTP/2 with frontdesk.gateway.tls.certificate and .key;"
                            + " HTTP/2 without TLS is not supported.");
        }
    }

    private HttpServer limit(HttpServer server) {
        Consumer<ChannelPipeline> handshakeIsComplete = pipeline -> pipeline.remove(HandshakeStart.NAME);
        HttpServer limited = server.doOnChannelInit(
                        (_, channel, _) -> channel.pipeline().addFirst(HandshakeStart.NAME, new HandshakeStart()))
                .http2Settings(settings -> settings.maxConcurrentStreams(MOST_STREAMS)
                        .initialWindowSize(WINDOW)
                        .maxHeaderListSize(headerSize.toBytes())
                        .maxDecodedRstFramesPerWindow(MOST_RESETS, SECONDS_OF_RESETS)
                        .maxEncodedRstFramesPerWindow(MOST_RESETS, SECONDS_OF_RESETS));
        return NegotiatedConnections.configure(limited, handshakeIsComplete, handshakeIsComplete);
    }
}
