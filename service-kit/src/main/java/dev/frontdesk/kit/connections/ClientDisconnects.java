package dev.frontdesk.kit.connections;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.netty.channel.ChannelOperations;

/** Distinguishes a client disconnect from a server error: a failure caused by a disconnected client is not an error. */
public final class ClientDisconnects {

    /** Known elsewhere as "client closed request"; used only in logs and metrics. */
    public static final HttpStatusCode STATUS = HttpStatusCode.valueOf(499);

    private ClientDisconnects() {}

    /** Whether the connection of the response is closed. */
    public static boolean isGone(ServerHttpResponse response) {
        Object own = ServerHttpResponseDecorator.getNativeResponse(response);
        return own instanceof ChannelOperations<?, ?> operations
                && !operations.channel().isActive();
    }
}
