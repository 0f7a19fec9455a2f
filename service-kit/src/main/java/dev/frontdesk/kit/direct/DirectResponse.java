package dev.frontdesk.kit.direct;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Sends a response whose body is one buffer, or that has none, in one step; Spring makes a chain of operators for the
 * actions before each response, its head and its body. Any other body, cookies and further actions are left to Spring.
 */
final class DirectResponse extends ServerHttpResponseDecorator {

    private Runnable atBegin = () -> {};
    private boolean hasActions;
    private volatile boolean committed;

    DirectResponse(ServerHttpResponse response) {
        super(response);
    }

    /** @param action called when the response has its status, before it is sent; may be called twice */
    void atBegin(Runnable action) {
        atBegin = action;
    }

    @Override
    public boolean isCommitted() {
        return committed || super.isCommitted();
    }

    @Override
    public boolean setStatusCode(@Nullable HttpStatusCode status) {
        return !committed && super.setStatusCode(status);
    }

    @Override
    public void beforeCommit(Supplier<? extends Mono<Void>> action) {
        hasActions = true;
        super.beforeCommit(action);
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        if (body instanceof Callable<?> buffer && body instanceof Mono && isPlain()) {
            return Mono.defer(() -> send(buffer));
        }
        beginThroughSpring();
        return super.writeWith(body);
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        beginThroughSpring();
        return super.writeAndFlushWith(body);
    }

    /** Reactor Netty sends the head when the handler completes. */
    @Override
    public Mono<Void> setComplete() {
        if (isCommitted()) {
            return Mono.empty();
        }
        if (isPlain()) {
            return Mono.fromRunnable(this::begin);
        }
        beginThroughSpring();
        return super.setComplete();
    }

    private boolean isPlain() {
        return !hasActions && getCookies().isEmpty();
    }

    private void beginThroughSpring() {
        super.beforeCommit(() -> Mono.fromRunnable(atBegin));
    }

    private HttpServerResponse begin() {
        committed = true;
        atBegin.run();
        HttpServerResponse response = getNativeResponse(getDelegate());
        HttpStatusCode status = getStatusCode();
        if (status != null) {
            response.status(status.value());
        }
        return response;
    }

    private Mono<Void> send(Callable<?> body) {
        if (isCommitted()) {
            return Mono.empty();
        }
        try {
            Object buffer = body.call();
            if (buffer == null) {
                return setComplete();
            }
            ByteBuf bytes = NettyDataBufferFactory.toByteBuf((DataBuffer) buffer);
            return begin().sendObject(bytes).then();
        } catch (Exception failed) {
            throw Exceptions.propagate(failed);
        }
    }
}
