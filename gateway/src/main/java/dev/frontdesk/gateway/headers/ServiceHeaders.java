package dev.frontdesk.gateway.headers;

import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** The headers that the gateway itself sends to a service, in addition to those of the client that may pass. */
public final class ServiceHeaders {

    private static final String ATTRIBUTE = ServiceHeaders.class.getName();

    private ServiceHeaders() {}

    /** @param headers made when the request is sent, which may be after its body has arrived: assertions expire */
    public static void set(ServerWebExchange exchange, Supplier<HttpHeaders> headers) {
        exchange.getAttributes().put(ATTRIBUTE, headers);
    }

    /** @throws IllegalArgumentException before the caller is identified */
    public static HttpHeaders of(ServerWebExchange exchange) {
        Supplier<HttpHeaders> headers = exchange.getRequiredAttribute(ATTRIBUTE);
        return headers.get();
    }
}
