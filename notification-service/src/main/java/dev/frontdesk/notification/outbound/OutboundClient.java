package dev.frontdesk.notification.outbound;

import dev.frontdesk.kit.metrics.EventLoops;
import dev.frontdesk.kit.metrics.HttpPoolMetrics;
import dev.frontdesk.kit.outbound.AllowedAddresses;
import dev.frontdesk.kit.outbound.GuardedClients;
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

    private final GuardedClients clients;
    private final Clock clock;

    @Autowired
    OutboundClient(OutboundProperties properties, Clock clock) {
        this(properties, clock, DnsServerAddressStreamProviders.platformDefault());
    }

    OutboundClient(OutboundProperties properties, Clock clock, DnsServerAddressStreamProvider dns) {
        this.clock = clock;
        this.clients = new GuardedClients(
                POOL, properties.allowedAddresses(), properties.connectTimeout(), properties.connections(), dns);
    }

    /**
     * Parses and checks a tenant's URL, see {@link GuardedClients#callable}.
     *
     * @throws IllegalArgumentException with a message that may be shown
     */
    public OutboundUrl callable(String text) {
        return clients.callable(text);
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
                    .onErrorMap(error -> new NoResponseException(
                            GuardedClients.reasonOf(error, request.within()), !sendGuard.giveUp(), error));
        });
    }

    private Mono<OutboundResponse> post(OutboundRequest request, Map<String, String> headers, SendGuard sendGuard) {
        byte[] body = request.bytes();
        return clients.clientFor(request.url())
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

    HttpPoolMetrics poolMetrics() {
        return clients.poolMetrics();
    }

    EventLoops eventLoops() {
        return clients.eventLoops();
    }

    @Override
    public void destroy() {
        clients.close();
    }
}
