package dev.frontdesk.gateway.bodies;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/** A request whose body has already been read. */
final class RequestWithBody extends ServerHttpRequestDecorator {

    private final byte[] body;
    private final DataBufferFactory buffers;
    private final HttpHeaders headers;

    RequestWithBody(ServerHttpRequest request, byte[] body, DataBufferFactory buffers) {
        super(request);
        this.body = body;
        this.buffers = buffers;
        this.headers = headersFor(request.getHeaders(), body.length);
    }

    /** The length is known now, and the client no longer waits for a 100 (Continue) response. */
    private static HttpHeaders headersFor(HttpHeaders received, int length) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(received);
        headers.remove(HttpHeaders.EXPECT);
        headers.remove(HttpHeaders.TRANSFER_ENCODING);
        if (length > 0) {
            headers.setContentLength(length);
        }
        return headers;
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return body.length == 0 ? Flux.empty() : Flux.defer(() -> Flux.just(buffers.wrap(body)));
    }
}
