package dev.frontdesk.notification.outbound;

import dev.frontdesk.kit.metrics.EventLoops;
import dev.frontdesk.kit.metrics.HttpPoolMetrics;
import dev.frontdesk.kit.outbound.AllowedAddresses;
import dev.frontdesk.kit.outbound.CheckedResolvers;
import dev.frontdesk.kit.outbound.OutboundUrl;
import dev.frontdesk.kit.resilience.RetryAfter;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Sends signed requests to URLs that tenants chose, but only to allowed addresses ({@link AllowedAddresses}). It
 * follows no redirects, uses no proxy, does not retry, and reads a response only up to the given size.
 */
@Component
public class OutboundClient implements DisposableBean {

    private static final String POOL = "webhooks";

    /**
     * The longest {@code Retry-After} that is accepted; a receiver that is down for longer is reached again by retries.
     */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /**
     * Servers commonly close a connection that was idle for five seconds, and a request that is sent just then is lost.
     */
    private static final Duration IDLE = Duration.ofSeconds(2);

    private static final boolean NATIVE = false;

    private final LoopResources loops = LoopResources.create(POOL, 1, true);
    private final HttpPoolMetrics poolMetrics = new HttpPoolMetrics(POOL);
    private final ConnectionProvider connections;
    private final CheckedResolvers publicNames;
    private final CheckedResolvers openedNames;
    private final HttpClient secured;
    private final HttpClient plain;
    private final AllowedAddresses allowed;
    private final OutboundProperties properties;
    private final Clock clock;

    @Autowired
    OutboundClient(OutboundProperties properties, Clock clock) {
        this(properties, clock, DnsServerAddressStreamProviders.platformDefault());
    }

    OutboundClient(OutboundProperties properties, Clock clock, DnsServerAddressStreamProvider dns) {
        this.properties = properties;
        this.clock = clock;
        this.allowed = properties.allowedAddresses();
        this.publicNames = new CheckedResolvers(dns, address -> allowed.include(address.getAddress()));
        this.openedNames = new CheckedResolvers(dns, address -> allowed.isOpened(address.getAddress()));
        this.connections = ConnectionProvider.builder(POOL)
                .maxConnections(properties.connections())
                .maxIdleTime(IDLE)
                .metrics(true, () -> poolMetrics)
                .build();
        this.secured = client(publicNames);
        this.plain = client(openedNames);
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

    /**
     * Fails with {@link NoResponseException} when no response comes. The caller decides what the status of a response
     * means.
     */
    public Mono<OutboundResponse> send(OutboundRequest request) {
        return Mono.defer(() -> send(request, request.headers(clock.instant())));
    }

    /** @param headers the result of {@link OutboundRequest#headers}, so that the caller can log them */
    public Mono<OutboundResponse> send(OutboundRequest request, Map<String, String> headers) {
        return Mono.defer(() -> {
            var sendGuard = new SendGuard();
            return Mono.defer(() -> post(request, headers, sendGuard))
                    .timeout(request.within())
                    .publishOn(Schedulers.parallel())
                    .onErrorMap(error -> new NoResponseException(reasonOf(error, request), !sendGuard.giveUp(), error));
        });
    }

    private Mono<OutboundResponse> post(OutboundRequest request, Map<String, String> headers, SendGuard sendGuard) {
        byte[] body = request.bytes();
        return (request.url().isPlain() ? plain : secured)
                .headers(all -> headers.forEach(all::set))
                .post()
                .uri(request.url().uri())
                // Runs when a connection exists, and before the first byte of the request is written to it.
                .send(Mono.fromSupplier(() -> {
                    sendGuard.begin();
                    return Unpooled.wrappedBuffer(body);
                }))
                .response((response, content) -> read(response, content, request.answerBytes(), clock.instant()))
                .next();
    }

    private HttpClient client(CheckedResolvers resolvers) {
        return HttpClient.create(connections)
                .runOn(loops, NATIVE)
                .resolver(resolvers)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        properties.connectTimeout().toMillis())
                .secure(tls ->
                        tls.sslContext(Http11SslContextSpec.forClient()).handshakeTimeout(properties.connectTimeout()))
                .followRedirect(false)
                // The HTTP client must not resend a request that may have been received: the delivery log would not
                // contain that attempt.
                .disableRetry(true);
    }

    private static Mono<OutboundResponse> read(
            HttpClientResponse response, ByteBufFlux content, int most, Instant now) {
        var body = new ResponsePrefix(most);
        return content.asByteArray()
                .takeUntil(body::overflows)
                .then(Mono.fromSupplier(() -> new OutboundResponse(
                        response.status().code(),
                        response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE),
                        body.text(),
                        body.isWhole(),
                        RetryAfter.read(response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER), now, LONGEST_WAIT)
                                .orElse(null))));
    }

    /**
     * An unknown name and a name in a private network give the same reason: different ones would reveal which hosts
     * exist there.
     */
    private static String reasonOf(Throwable error, OutboundRequest request) {
        if (isBehind(error, UnknownHostException.class::isInstance)) {
            return "the host does not resolve to an allowed address";
        }
        if (isBehind(error, SSLException.class::isInstance)) {
            return "the TLS handshake failed";
        }
        if (isBehind(error, it -> it instanceof ConnectException || it instanceof NoRouteToHostException)) {
            return "the connection failed";
        }
        return isBehind(error, TimeoutException.class::isInstance)
                ? "no complete response within " + request.within().toMillis() + " ms"
                : "the connection was closed, or the response was not HTTP";
    }

    private static boolean isBehind(Throwable error, Predicate<Throwable> kind) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (kind.test(cause)) {
                return true;
            }
        }
        return false;
    }

    HttpPoolMetrics poolMetrics() {
        return poolMetrics;
    }

    EventLoops eventLoops() {
        return new EventLoops(POOL, () -> loops.onClient(NATIVE));
    }

    @Override
    public void destroy() {
        connections.dispose();
        publicNames.close();
        openedNames.close();
        loops.dispose();
    }
}
