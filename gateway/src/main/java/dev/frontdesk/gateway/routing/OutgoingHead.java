package dev.frontdesk.gateway.routing;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import org.springframework.web.server.ServerWebExchange;

/** What the head of a client's request becomes on its way to a server. */
public interface OutgoingHead {

    /** The path and query that are asked for. */
    String target(URI requested);

    /**
     * Adds the headers, except those of the body.
     *
     * @param received as the client sent them
     * @param sent empty
     */
    void addHeaders(ServerWebExchange exchange, HttpHeaders received, HttpHeaders sent);

    /** The path and query as the client sent them. */
    static String targetOf(URI requested) {
        String query = requested.getRawQuery();
        return query == null ? requested.getRawPath() : requested.getRawPath() + "?" + query;
    }
}
