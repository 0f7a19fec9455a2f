package dev.frontdesk.gateway.routing;

import dev.frontdesk.gateway.headers.PassedOnHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
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

/** Sends requests to one server, and passes its responses on. */
public final class ReverseProxy {

    /** A response of a known and small length is sent in one piece with its headers; others are streamed. */
    private static final int WHOLE = 16 * 1024;

    private static final String EVENT_STREAM = "text/event-stream";

    private final HttpClient server;
    private final OutgoingHead head;
    private final Duration responseTimeout;

    /**
     * @param server with its host and port, the pool and the connect timeout
     * @param responseTimeout from the end of the request to the response
     */
    public ReverseProxy(HttpClient server, OutgoingHead head, Duration responseTimeout) {
        this.server = server;
        this.head = head;
        this.responseTimeout = responseTimeout;
    }

    /** For one of our services, whose requests have been received whole. */
    static ReverseProxy ofService(HttpClient client, URI service, Duration responseTimeout) {
        return new ReverseProxy(
                client.host(service.getHost()).port(service.getPort() > 0 ? service.getPort() : 80),
                new HeadForService(service),
                responseTimeout);
    }

    /**
     * Completes when the response can be passed on: with a small body, when all of it has arrived, else with its head.
     * Fails after the response timeout.
     */
    public Mono<Void> send(ServerWebExchange exchange) {
        return request(exchange).timeout(responseTimeout, Mono.error(this::tooSlow));
    }

    /**
     * The same for a request whose body is still arriving: the time for the response begins when all of it was sent.
     *
     * @param sent completes then
     */
    public Mono<Void> send(ServerWebExchange exchange, Mono<Void> sent) {
        return request(exchange).timeout(sent.then(Mono.delay(responseTimeout)), Mono.error(this::tooSlow));
    }

    private Mono<Void> request(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        ServiceResponse response = ServiceResponse.await(exchange);
        return server.request(HttpMethod.valueOf(request.getMethod().name()))
                .uri(head.target(request.getURI()))
                .send((sent, outbound) -> write(exchange, sent, outbound))
                .responseConnection((received, connection) -> receive(response, received, connection))
                .then();
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

    private Publisher<Void> write(ServerWebExchange exchange, HttpClientRequest sent, NettyOutbound outbound) {
        try {
            return writeRequest(exchange, sent, outbound);
        } catch (IllegalArgumentException ours) {
            // Netty also throws it for responses that can't be read, which are the server's fault.
            throw new IllegalStateException("the request could not be made", ours);
        }
    }

    private Publisher<Void> writeRequest(ServerWebExchange exchange, HttpClientRequest sent, NettyOutbound outbound) {
        ServerHttpRequest request = exchange.getRequest();
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
        // Reactor Netty's defaults must not look like headers of the client.
        HttpHeaders headers = sent.requestHeaders().clear();
        head.addHeaders(exchange, received.requestHeaders(), headers);
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
     * @param change what to change about the head of the response that the client gets
     */
    static Mono<Void> respond(ServerWebExchange exchange, Duration stalledAfter, ResponseChange change) {
        ServiceResponse received = ServiceResponse.of(exchange);
        HttpClientResponse head = received == null ? null : received.head();
        if (received == null || head == null) {
            return Mono.empty();
        }
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(head.status().code()));
        HttpServerResponse sent = ServerHttpResponseDecorator.getNativeResponse(response);
        PassedOnHeaders.ofResponse(head.responseHeaders(), sent.responseHeaders());
        change.apply(exchange, head, sent);
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
        boolean stream = isEventStream(head.responseHeaders());
        if (!stream) {
            parts = parts.timeout(stalledAfter, Flux.error(() -> stalled(stalledAfter)));
        }
        // Events can end after any of them. Of anything else, a client must see that a part is missing.
        Mono<Void> ends = change.streamEnds(exchange);
        boolean hasLength = head.responseHeaders().contains(HttpHeaderNames.CONTENT_LENGTH);
        if (stream || !hasLength) {
            // It may go on for long, with pauses.
            parts = parts.takeUntilOther(stream && !hasLength ? ends : ends.then(Mono.defer(() -> breakOff(sent))));
        }
        // Reactor Netty sends each part at once if no other one waits, and releases those that it can't send any more.
        Mono<Void> streamed = response.writeWith(parts.map(part -> buffers.wrap(part.retain())));
        return (stream ? streamed : change.streamed(exchange, streamed)).doOnError(_ -> {
            if (!response.isCommitted()) {
                head.responseHeaders().names().forEach(sent.responseHeaders()::remove);
                change.undo(exchange, sent);
            }
        });
    }

    /** The response then ends as that of a client who has left. */
    private static Mono<Void> breakOff(HttpServerResponse response) {
        response.withConnection(Connection::dispose);
        return Mono.never();
    }

    private static TimeoutException stalled(Duration after) {
        return new TimeoutException("no progress of the response within " + after);
    }

    /** The response that {@link #send} has waited for; null if there is none. */
    public static @Nullable HttpClientResponse received(ServerWebExchange exchange) {
        ServiceResponse received = ServiceResponse.of(exchange);
        return received == null ? null : received.head();
    }

    /** Whether the response that {@link #send} has waited for is passed on while it arrives. */
    public static boolean isStreamed(ServerWebExchange exchange) {
        ServiceResponse received = ServiceResponse.of(exchange);
        return received != null && received.connection() != null;
    }

    /** Each of its parts is sent at once. */
    public static boolean isEventStream(HttpHeaders received) {
        String type = received.get(HttpHeaderNames.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
    }
}
