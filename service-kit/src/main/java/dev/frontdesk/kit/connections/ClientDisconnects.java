package dev.frontdesk.kit.connections;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.netty.channel.ChannelOperations;

/** Tells a client that broke off from a fault of ours: what failed because the client is gone is no error. */
public final class ClientDisconnects {

    /** What others call "client closed request"; it is in logs and metrics alone. */
    public static final HttpStatusCode STATUS = HttpStatusCode.valueOf(499);

    private ClientDisconnects() {}

    /** Whether the connection that the answer would go over is closed. */
    public static boolean isGone(ServerHttpResponse response) {
        Object own = ServerHttpResponseDecorator.getNativeResponse(response);
        return own instanceof ChannelOperations<?, ?> operations
                && !operations.channel().isActive();
    }
}
