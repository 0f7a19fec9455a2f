package dev.frontdesk.gateway.bodies;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * {@code BodyLimit=64KB,10s}: reads a body of at most that size within that time, and only then calls the service. A
 * slow or endless sender therefore occupies no connection to a service and cannot make the service look slow.
 */
@Component
final class BodyLimitGatewayFilterFactory
        extends AbstractGatewayFilterFactory<BodyLimitGatewayFilterFactory.BodyLimit> {

    BodyLimitGatewayFilterFactory() {
        super(BodyLimit.class);
    }

    /** @param arriveWithin from the request's headers to the last byte */
    record BodyLimit(DataSize size, Duration arriveWithin) {}

    @Override
    public List<String> shortcutFieldOrder() {
        return List.of("size", "arriveWithin");
    }

    static GatewayFilter reading(DataSize size, Duration arriveWithin) {
        var limit = new BodyLimit(size, arriveWithin);
        return (exchange, chain) -> filter(exchange, chain, limit);
    }

    @Override
    public GatewayFilter apply(BodyLimit limit) {
        return (exchange, chain) -> filter(exchange, chain, limit);
    }

    private static Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain, BodyLimit limit) {
        ServerHttpRequest request = exchange.getRequest();
        if (hasNoBody(request.getHeaders())) {
            return chain.filter(exchange);
        }
        if (request.getHeaders().getContentLength() > limit.size().toBytes()) {
            return Mono.error(new DataBufferLimitException("Content-Length exceeds the limit"));
        }
        return read(request, (int) limit.size().toBytes())
                .timeout(limit.arriveWithin(), Mono.error(BodyLimitGatewayFilterFactory::tooSlow))
                .flatMap(body -> chain.filter(exchange.mutate()
                        .request(new RequestWithBody(
                                request, body, exchange.getResponse().bufferFactory()))
                        .build()));
    }

    /** RFC 9112, section 6.3: a request without either header has no body. */
    private static boolean hasNoBody(HttpHeaders headers) {
        return !headers.containsHeader(HttpHeaders.CONTENT_LENGTH)
                && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    private static Mono<byte[]> read(ServerHttpRequest request, int limit) {
        return DataBufferUtils.join(request.getBody(), limit)
                .map(BodyLimitGatewayFilterFactory::bytesOf)
                .defaultIfEmpty(new byte[0]);
    }

    private static byte[] bytesOf(DataBuffer joined) {
        byte[] bytes = new byte[joined.readableByteCount()];
        joined.read(bytes);
        DataBufferUtils.release(joined);
        return bytes;
    }

    private static ProblemException tooSlow() {
        return new ProblemException(ProblemType.REQUEST_TIMEOUT, "The body did not arrive in time.");
    }
}
