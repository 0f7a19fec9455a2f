package dev.frontdesk.gateway.routing;

import dev.frontdesk.gateway.headers.PassedOnHeaders;
import dev.frontdesk.gateway.headers.ServiceHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Sends requests to one service, and passes its responses on. */
final class ReverseProxy {

    /** A response of a known and small length is sent in one piece with its headers; others are streamed. */
    private static final int WHOLE = 16 * 1024;

    private static final String EVENT_STREAM = "text/event-stream";

    private final HttpClient service;
    private final AsciiString host;
    private final Duration responseTimeout;

    /**
     * @param client with the pool and the connect timeout
     * @param service {@code http://host:port}
     */
    ReverseProxy(HttpClient client, URI service, Duration responseTimeout) {
        this.service = client.host(service.getHost()).port(service.getPort() > 0 ? service.getPort() : 80);
        this.host = new AsciiString(service.getRawAuthority());
        this.responseTimeout = responseTimeout;
    }

    /**
     * Completes when the response can be passed on: with a small body, when all of it has arrived, else with its head.
     * Fails after the response timeout.
     */
    Mono<Void> send(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        ServiceResponse response = ServiceResponse.await(exchange);
        return service.request(HttpMethod.valueOf(request.getMethod().name()))
                .uri(target(request.getURI()))
                .send((sent, outbound) -> write(exchange, sent, outbound))
                .responseConnection((head, connection) -> receive(response, head, connection))
                .then()
                .timeout(responseTimeout, Mono.error(this::tooSlow));
    }

    private static Mono<Boolean> receive(ServiceResponse response, HttpClientResponse head, Connection connection) {
        if (head.status().code() < 200) {
            // Reactor Netty takes an interim response for the whole one. The final one must not reach another client.
            connection.channel().close();
            return Mono.error(
                    new IOException("interim response " + head.status().code()));
        }
        if (head.responseHeaders().getInt(HttpHeaderNames.CONTENT_LENGTH, Integer.MAX_VALUE) > WHOLE) {
            response.arrived(head, connection, null);
            return Mono.just(true);
        }
        return connection
                .inbound()
                .receive()
                .aggregate()
                .retain()
                .defaultIfEmpty(Unpooled.EMPTY_BUFFER)
                .doOnNext(body -> response.arrived(head, connection, body))
                .thenReturn(true);
    }

    private TimeoutException tooSlow() {
        return new TimeoutException("no response within " + responseTimeout);
    }

    private static String target(URI uri) {
        String query = uri.getRawQuery();
        return query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query;
    }

    private Publisher<Void> write(ServerWebExchange exchange, HttpClientRequest sent, NettyOutbound outbound) {
        ServerHttpRequest request = exchange.getRequest();
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
        // Reactor Netty's defaults must not look like headers of the client.
        HttpHeaders headers = sent.requestHeaders().clear();
        headers.set(HttpHeaderNames.HOST, host);
        PassedOnHeaders.ofRequest(received.requestHeaders(), headers);
        ServiceHeaders.addTo(headers, exchange);
        long length = request.getHeaders().getContentLength();
        boolean unknown = length < 0 && request.getHeaders().containsHeader("Transfer-Encoding");
        if (!unknown && length <= 0) {
            if (length == 0) {
                headers.set(HttpHeaderNames.CONTENT_LENGTH, 0);
            }
            return outbound;
        }
        if (unknown) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
        }
        return outbound.send(request.getBody().map(ReverseProxy::bytes));
    }

    private static ByteBuf bytes(DataBuffer buffer) {
        return buffer instanceof NettyDataBuffer netty
                ? netty.getNativeBuffer()
                : Unpooled.wrappedBuffer(buffer.toByteBuffer());
    }

    /**
     * Passes on the response for which {@link #send} has waited; completes at once if nothing was sent.
     *
     * @param stalledAfter a streamed response is broken off when it makes no progress for so long, because the service
     *     sends nothing or the client reads nothing
     */
    static Mono<Void> respond(ServerWebExchange exchange, Duration stalledAfter) {
        ServiceResponse received = ServiceResponse.of(exchange);
        HttpClientResponse head = received == null ? null : received.head();
        if (received == null || head == null) {
            return Mono.empty();
        }
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(head.status().code()));
        HttpServerResponse sent = ServerHttpResponseDecorator.getNativeResponse(response);
        PassedOnHeaders.ofResponse(head.responseHeaders(), sent.responseHeaders());
        NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
        ByteBuf whole = received.takeBody();
        if (whole != null) {
            return whole.isReadable() ? response.writeWith(Mono.just(buffers.wrap(whole))) : response.setComplete();
        }
        Connection connection = received.connection();
        if (connection == null) {
            return Mono.empty();
        }
        Flux<ByteBuf> parts = connection.inbound().receive();
        Mono<Void> streamed = isEventStream(head.responseHeaders())
                ? response.writeAndFlushWith(parts.map(part -> Flux.just(buffers.wrap(part.retain()))))
                : response.writeWith(parts.timeout(stalledAfter, Flux.error(() -> stalled(stalledAfter)))
                        .map(part -> buffers.wrap(part.retain())));
        return streamed.doOnError(_ -> {
            if (!response.isCommitted()) {
                head.responseHeaders().names().forEach(sent.responseHeaders()::remove);
            }
        });
    }

    private static TimeoutException stalled(Duration after) {
        return new TimeoutException("no progress of the response within " + after);
    }

    /** Each of its parts is sent at once. */
    private static boolean isEventStream(HttpHeaders received) {
        String type = received.get(HttpHeaderNames.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
    }
}
