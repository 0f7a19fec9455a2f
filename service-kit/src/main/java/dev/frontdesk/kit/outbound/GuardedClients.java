package dev.frontdesk.kit.outbound;

import dev.frontdesk.kit.metrics.EventLoops;
import dev.frontdesk.kit.metrics.HttpPoolMetrics;
import io.netty.channel.ChannelOption;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * HTTP clients for URLs that tenants chose. They connect only to allowed addresses ({@link AllowedAddresses}), follow no redirects, use
 * no proxy and do not retry. Callers bound the time and the size of responses.
 */
public final class GuardedClients implements AutoCloseable {

    /**
     * Servers commonly close a connection that was idle for five seconds, and a request that is sent just then is lost.
     */
    private static final Duration IDLE = Duration.ofSeconds(2);

    private static final boolean NATIVE = false;

    private final String name;
    private final Duration connectTimeout;
    private final AllowedAddresses allowed;
    private final LoopResources loops;
    private final HttpPoolMetrics poolMetrics;
    private final ConnectionProvider connections;
    private final CheckedResolvers publicNames;
    private final CheckedResolvers openedNames;
    private final HttpClient secured;
    private final HttpClient plain;

    /**
     * @param name of the connection pool and its thread, for metrics
     * @param connectTimeout of the TCP connection, and of the TLS handshake
     * @param mostConnections to one host
     */
    public GuardedClients(
            String name,
            AllowedAddresses allowed,
            Duration connectTimeout,
            int mostConnections,
            DnsServerAddressStreamProvider dns) {
        this.name = name;
        this.allowed = allowed;
        this.connectTimeout = connectTimeout;
        this.loops = LoopResources.create(name, 1, true);
        this.poolMetrics = new HttpPoolMetrics(name);
        this.publicNames = new CheckedResolvers(dns, address -> allowed.include(address.getAddress()));
        this.openedNames = new CheckedResolvers(dns, address -> allowed.isOpened(address.getAddress()));
        this.connections = ConnectionProvider.builder(name)
                .maxConnections(mostConnections)
                .maxIdleTime(IDLE)
                .metrics(true, () -> poolMetrics)
                .build();
        this.secured = client(publicNames);
        this.plain = client(openedNames);
    }

    private HttpClient client(CheckedResolvers resolvers) {
        return HttpClient.create(connections)
                .runOn(loops, NATIVE)
                .resolver(resolvers)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis())
                .secure(tls -> tls.sslContext(Http11SslContextSpec.forClient()).handshakeTimeout(connectTimeout))
                .followRedirect(false)
                // The HTTP client must not resend a request that may have been received.
                .disableRetry(true);
    }

    /**
     * Parses and checks a tenant's URL. The name is not resolved here, so a call may still find no address or a
     * forbidden one.
     *
     * @throws IllegalArgumentException with a message that may be shown
     */
    public OutboundUrl callable(String text) {
        var url = new OutboundUrl(text);
        InetAddress address = url.address();
        if (url.isPlain() && (address == null ? !allowed.areExtended() : !allowed.isOpened(address))) {
            throw new IllegalArgumentException("must begin with https://");
        }
        if (address == null ? url.isOfAPrivateNetwork() && !allowed.areExtended() : !allowed.include(address)) {
            throw new IllegalArgumentException("must point to a public address");
        }
        return url;
    }

    /** The client for this URL. A URL without TLS reaches only networks that an operator allows. */
    public HttpClient clientFor(OutboundUrl url) {
        return url.isPlain() ? plain : secured;
    }

    /**
     * Why there was no response, in words that the tenant may read. An unknown name and a name in a private network have the same
     * reason: different ones would reveal which hosts exist there.
     *
     * @param within the timeout of the whole call
     */
    public static String reasonOf(Throwable error, Duration within) {
        if (isBehind(error, UnknownHostException.class::isInstance)) {
            return "the host does not resolve to an allowed address";
        }
        if (isBehind(error, SSLException.class::isInstance)) {
            return "the TLS handshake failed";
        }
        if (isBehind(error, it -> it instanceof ConnectException || it instanceof NoRouteToHostException)) {
            return "the connection failed";
        }
        return isTimeout(error)
                ? "no complete response within " + within.toMillis() + " ms"
                : "the connection was closed, or the response was not HTTP";
    }

    public static boolean isTimeout(Throwable error) {
        return isBehind(error, TimeoutException.class::isInstance);
    }

    private static boolean isBehind(Throwable error, Predicate<Throwable> kind) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (kind.test(cause)) {
                return true;
            }
        }
        return false;
    }

    public HttpPoolMetrics poolMetrics() {
        return poolMetrics;
    }

    public EventLoops eventLoops() {
        return new EventLoops(name, () -> loops.onClient(NATIVE));
    }

    @Override
    public void close() {
        connections.dispose();
        publicNames.close();
        openedNames.close();
        loops.dispose();
    }
}
