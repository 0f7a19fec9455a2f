package dev.frontdesk.gateway.routing;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/**
 * The response of a service between its arrival and the end of the exchange. The exchange may end at any moment, on
 * another thread: then the connection is closed and the body released, also if they arrive afterwards.
 */
final class ServiceResponse {

    private static final String ATTRIBUTE = ServiceResponse.class.getName();

    private @Nullable HttpClientResponse head;
    private @Nullable Connection connection;
    private @Nullable ByteBuf body;
    private boolean ended;

    /** Before the request is sent; again for each retry. */
    static ServiceResponse await(ServerWebExchange exchange) {
        return (ServiceResponse) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, _ -> new ServiceResponse());
    }

    /** Null if no request was sent. */
    static @Nullable ServiceResponse of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    /** @param whole the whole body; null if it is still to be received */
    synchronized void arrived(HttpClientResponse response, Connection from, @Nullable ByteBuf whole) {
        head = response;
        // With the whole body, the connection is already another request's.
        connection = whole == null ? from : null;
        body = whole;
        if (ended) {
            discard();
        }
    }

    synchronized @Nullable HttpClientResponse head() {
        return head;
    }

    /** Null if the whole body has arrived. */
    synchronized @Nullable Connection connection() {
        return connection;
    }

    /** The caller releases it. Null if the body is still to be received, or if the exchange has ended. */
    synchronized @Nullable ByteBuf takeBody() {
        ByteBuf taken = body;
        body = null;
        return taken;
    }

    /** A complete response has given its connection back already. */
    synchronized void end(SignalType how) {
        ended = true;
        if (how != SignalType.ON_COMPLETE) {
            discard();
        }
    }

    private void discard() {
        if (connection != null) {
            connection.dispose();
        }
        if (body != null) {
            body.release();
            body = null;
        }
    }
}
