package dev.frontdesk.gateway.headers;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** The headers that the gateway itself sends to a service, in addition to those of the client that may pass. */
public final class ServiceHeaders {

    private static final String ATTRIBUTE = ServiceHeaders.class.getName();

    private ServiceHeaders() {}

    public static void set(ServerWebExchange exchange, HttpHeaders headers) {
        exchange.getAttributes().put(ATTRIBUTE, headers);
    }

    /** @throws IllegalArgumentException before the caller is identified */
    public static HttpHeaders of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }
}
