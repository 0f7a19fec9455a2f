package dev.frontdesk.gateway.headers;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.Consumer;
import org.springframework.web.server.ServerWebExchange;

/** The headers that the gateway itself sends to a service, in addition to those of the client that may pass. */
public final class ServiceHeaders {

    private static final String ATTRIBUTE = ServiceHeaders.class.getName();

    private ServiceHeaders() {}

    /** @param headers adds them when the request is sent, which may be after its body has arrived: assertions expire */
    public static void set(ServerWebExchange exchange, Consumer<HttpHeaders> headers) {
        exchange.getAttributes().put(ATTRIBUTE, headers);
    }

    /** @throws IllegalArgumentException before the caller is identified */
    public static void addTo(HttpHeaders sent, ServerWebExchange exchange) {
        Consumer<HttpHeaders> headers = exchange.getRequiredAttribute(ATTRIBUTE);
        headers.accept(sent);
    }
}
