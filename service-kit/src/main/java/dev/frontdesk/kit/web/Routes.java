package dev.frontdesk.kit.web;

import java.util.stream.Stream;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/** The route pattern that a request matched. Used instead of the path, which may contain private data of the client. */
public final class Routes {

    /**
     * The attribute in which Spring Cloud Gateway stores the pattern of the route. This module does not depend on it.
     */
    private static final String GATEWAY_PATTERN =
            "org.springframework.cloud.gateway.support.ServerWebExchangeUtils.gatewayPredicateMatchedPathAttr";

    private Routes() {}

    /** For example {@code /api/v1/cache/{namespace}/{key}}; {@code (no route)} when nothing matched. */
    public static String of(ServerWebExchange exchange) {
        return Stream.of(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, GATEWAY_PATTERN)
                .map(exchange.getAttributes()::get)
                .filter(pattern -> pattern != null)
                .map(Object::toString)
                .findFirst()
                .orElse("(no route)");
    }
}
