package dev.frontdesk.gateway.upstreams;

import dev.frontdesk.kit.metrics.HttpPoolMetrics;
import dev.frontdesk.kit.outbound.CheckedResolvers;
import dev.frontdesk.kit.resilience.UserAgents;
import io.netty.channel.ChannelOption;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import reactor.netty.NettyPipeline;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The connections to servers of applications. The address is checked when a connection is opened, after its name was resolved.
 * No request is sent twice, no redirect is followed, and no proxy is used.
 */
public final class UpstreamConnections implements DisposableBean {

    private static final String POOL = "upstreams";
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration POOL_FORGOTTEN = Duration.ofMinutes(5);
    private static final Duration CHECKED = Duration.ofSeconds(10);

    /** Netty counts the names and values of all headers together. */
    private static final int LONGEST_HEAD = 32 * 1024;

    private final CheckedResolvers names;
    private final ConnectionProvider connections;
    private final HttpClient pooled;
    private final HttpClient unpooled;
    private final HttpClient pooledSecure;
    private final HttpClient unpooledSecure;
    private final UpstreamProperties properties;

    UpstreamConnections(UpstreamProperties properties, UpstreamAddresses addresses, HttpPoolMetrics metrics) {
        this.properties = properties;
        this.names = new CheckedResolvers(DnsServerAddressStreamProviders.platformDefault(), addresses::allow);
        this.connections = ConnectionProvider.builder(POOL)
                .maxConnections(properties.connections())
                .pendingAcquireMaxCount(properties.connections())
                .pendingAcquireTimeout(properties.connectTimeout().multipliedBy(2))
                .maxIdleTime(IDLE)
                .evictInBackground(CHECKED)
                .disposeInactivePoolsInBackground(CHECKED, POOL_FORGOTTEN)
                .metrics(true, () -> metrics)
                .build();
        this.pooled = client(connections);
        this.unpooled = client(ConnectionProvider.newConnection());
        this.pooledSecure = secured(pooled);
        this.unpooledSecure = secured(unpooled);
    }

    /** For requests to one server. */
    public HttpClient to(URI server) {
        return (isSecure(server) ? pooledSecure : pooled).host(server.getHost()).port(server.getPort());
    }

    /** For what may last: WebSockets, event streams and bodies that are still arriving. They would occupy a pool. */
    public HttpClient forStreams(URI server) {
        return (isSecure(server) ? unpooledSecure : unpooled)
                .host(server.getHost())
                .port(server.getPort());
    }

    private static boolean isSecure(URI server) {
        return server.getScheme().equals("https");
    }

    /** The server must prove that it has the name of the URL. */
    private HttpClient secured(HttpClient client) {
        Path authorities = properties.trustedCertificates();
        Http11SslContextSpec trust = authorities == null
                ? Http11SslContextSpec.forClient()
                : Http11SslContextSpec.forClient().configure(tls -> tls.trustManager(authorities.toFile()));
        return client.secure(tls -> tls.sslContext(trust).handshakeTimeout(properties.connectTimeout()));
    }

    /** A route's servers, which have shown nothing yet. */
    public Upstreams upstreams(Map<URI, Integer> weights) {
        List<Upstream> all = weights.entrySet().stream()
                .map(it -> new Upstream(it.getKey(), it.getValue(), properties.ejectAfter(), properties.ejectFor()))
                .toList();
        return new Upstreams(all);
    }

    private HttpClient client(ConnectionProvider provider) {
        return UserAgents.unnamed(HttpClient.create(provider))
                .resolver(names)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        properties.connectTimeout().toMillis())
                .httpResponseDecoder(heads -> heads.maxHeaderSize(LONGEST_HEAD))
                .doOnChannelInit((_, channel, _) -> channel.pipeline()
                        .addAfter(NettyPipeline.HttpCodec, InterimResponses.NAME, new InterimResponses()))
                .followRedirect(false)
                .disableRetry(true);
    }

    @Override
    public void destroy() {
        connections.dispose();
        names.close();
    }
}
