package dev.frontdesk.gateway.bodies;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Bounds the bodies of requests to an application. A small one is read before the application is called, so that a slow sender
 * does not occupy it; a larger one, or one of unknown length, is passed on while it arrives.
 */
public final class BodyLimits {

    private static final DataSize SMALL = DataSize.ofKilobytes(64);
    private static final Duration SMALL_WITHIN = Duration.ofSeconds(10);
    private static final String SENT = BodyLimits.class.getName() + ".sent";

    private BodyLimits() {}

    /**
     * @param most bytes
     * @param stalledAfter a body that is passed on while it arrives, and of which nothing more comes for so long, is refused
     */
    public static GatewayFilter of(long most, Duration stalledAfter) {
        GatewayFilter small =
                BodyLimitGatewayFilterFactory.reading(DataSize.ofBytes(Math.min(most, SMALL.toBytes())), SMALL_WITHIN);
        return (exchange, chain) -> {
            HttpHeaders headers = exchange.getRequest().getHeaders();
            long length = headers.getContentLength();
            if (length > most) {
                return Mono.error(new DataBufferLimitException("Content-Length exceeds the limit"));
            }
            boolean streamed =
                    length > SMALL.toBytes() || (length < 0 && headers.containsHeader(HttpHeaders.TRANSFER_ENCODING));
            return streamed ? streamed(exchange, chain, most, stalledAfter) : small.filter(exchange, chain);
        };
    }

    /** Whether the body is passed on while it arrives. */
    public static boolean isStreamed(ServerWebExchange exchange) {
        return exchange.getAttributes().containsKey(SENT);
    }

    /** Completes when all of a body that is passed on while it arrives was sent; null for other requests. */
    public static @Nullable Mono<Void> sent(ServerWebExchange exchange) {
        return exchange.getAttribute(SENT);
    }

    private static Mono<Void> streamed(
            ServerWebExchange exchange, GatewayFilterChain chain, long most, Duration stalledAfter) {
        Sinks.Empty<Void> sent = Sinks.empty();
        exchange.getAttributes().put(SENT, sent.asMono());
        ServerHttpRequest request = exchange.getRequest();
        return chain.filter(exchange.mutate()
                .request(new ServerHttpRequestDecorator(request) {
                    @Override
                    public Flux<DataBuffer> getBody() {
                        return new StreamedBody(most, stalledAfter, System::nanoTime)
                                .of(super.getBody())
                                .doOnComplete(sent::tryEmitEmpty);
                    }
                })
                .build());
    }
}
